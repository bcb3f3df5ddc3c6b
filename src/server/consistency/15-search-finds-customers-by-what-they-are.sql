SELECT id, number FROM softwhere.customer AS c WHERE search_text <> rules.customer_search_text(c);
