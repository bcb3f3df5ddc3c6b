-- What a file is, by its bytes: names lie.

CREATE FUNCTION rules.zip_type(p_content bytea) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog
AS $$
  SELECT CASE
    -- Macros are programs.
    WHEN position('vbaProject.bin'::bytea IN p_content) > 0 THEN NULL
    -- OpenDocument keeps its type as the first entry, uncompressed.
    WHEN position('mimetypeapplication/'::bytea IN substr(p_content, 1, 200)) > 0
      THEN substring(encode(substr(p_content, 39, 60), 'escape') FROM '^application/[a-z.+-]*opendocument\.[a-z]+')
    WHEN position('[Content_Types].xml'::bytea IN p_content) > 0 THEN CASE
      WHEN position('word/'::bytea IN p_content) > 0 THEN 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
      WHEN position('xl/'::bytea IN p_content) > 0 THEN 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
      WHEN position('ppt/'::bytea IN p_content) > 0 THEN 'application/vnd.openxmlformats-officedocument.presentationml.presentation'
      ELSE 'application/zip' END
    ELSE 'application/zip' END
$$;
COMMENT ON FUNCTION rules.zip_type(bytea) IS 'ZIP, OpenDocument or Office Open XML; null when it carries macros.';

CREATE FUNCTION rules.text_type(p_content bytea, p_name text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_text text;
BEGIN
  IF position('\x00'::bytea IN p_content) > 0 THEN
    RETURN NULL;
  END IF;
  BEGIN
    v_text := convert_from(p_content, 'UTF8');
  EXCEPTION WHEN character_not_in_repertoire OR untranslatable_character THEN
    -- Old exports are in Windows' encoding.
    v_text := convert_from(p_content, 'LATIN1');
  END;
  RETURN CASE
    WHEN v_text ~ '[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]' THEN NULL
    WHEN v_text ~* '^\ufeff?\s*(#!|<\?php|<!doctype html|<(html|head|body|script|svg|iframe)[\s>])' OR v_text ~* '<(script|svg)[\s>]' THEN NULL
    WHEN p_name ~* '\.(html?|xhtml|svg|js|mjs|vbs|vbe|jse|wsf|hta|bat|cmd|ps1|sh|bash|py|pl|php|jar|exe|com|scr|msi|desktop|reg|lnk)$' THEN NULL
    WHEN v_text ~ '^\ufeff?\s*<\?xml' THEN 'application/xml'
    WHEN p_name ~* '\.csv$' THEN 'text/csv'
    WHEN p_name ~* '\.eml$' THEN 'message/rfc822'
    ELSE 'text/plain' END;
END
$$;
COMMENT ON FUNCTION rules.text_type(bytea, text) IS 'Plain text, CSV, XML or mail; null for binary, scripts and pages that carry them.';

CREATE FUNCTION rules.media_type(p_content bytea, p_name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = rules, pg_catalog
AS $$
  SELECT CASE
    WHEN COALESCE(length(p_content), 0) = 0 THEN NULL
    WHEN substr(p_content, 1, 5) = '%PDF-'::bytea THEN 'application/pdf'
    WHEN substr(p_content, 1, 8) = '\x89504e470d0a1a0a' THEN 'image/png'
    WHEN substr(p_content, 1, 3) = '\xffd8ff' THEN 'image/jpeg'
    WHEN substr(p_content, 1, 6) IN ('GIF87a'::bytea, 'GIF89a'::bytea) THEN 'image/gif'
    WHEN substr(p_content, 1, 4) = 'RIFF'::bytea AND substr(p_content, 9, 4) = 'WEBP'::bytea THEN 'image/webp'
    WHEN substr(p_content, 1, 4) = '\x504b0304' THEN rules.zip_type(p_content)
    ELSE rules.text_type(p_content, p_name) END
$$;
COMMENT ON FUNCTION rules.media_type(bytea, text) IS
  'Media type of a file: PDF, PNG, JPEG, GIF, WebP, ZIP, OpenDocument, Office Open XML, text, CSV, XML, mail; null for anything else, programs and scripts above all.';
