package org.espalier.datasets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Manifests as JSON: canonical for hashing, indented for the file, strict when read. */
final class ManifestJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .build();
  private static final DefaultPrettyPrinter INDENTED =
      new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

  private ManifestJson() {}

  static byte[] canonical(DatasetManifest manifest) {
    try {
      return MAPPER.writeValueAsBytes(ManifestFile.of(manifest));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A manifest can always be written as JSON", e);
    }
  }

  static String text(DatasetManifest manifest) {
    try {
      return MAPPER.writer(INDENTED).writeValueAsString(ManifestFile.of(manifest)) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A manifest can always be written as JSON", e);
    }
  }

  static DatasetManifest parse(String json) {
    try {
      JsonNode tree = MAPPER.readTree(json);
      JsonNode version = tree.path("schemaVersion");
      if (!version.canConvertToInt() || !version.isIntegralNumber()) {
        throw new IllegalArgumentException("it has no schemaVersion");
      }
      if (version.intValue() > DatasetManifest.SCHEMA_VERSION) {
        throw new IllegalArgumentException(
            "it has schema version "
                + version.intValue()
                + " and this version of Espalier reads up to "
                + DatasetManifest.SCHEMA_VERSION);
      }
      DatasetManifest.requireKnown(version.intValue());
      Class<? extends ManifestFile> file =
          version.intValue() == DatasetManifest.PIXELS_ALONE
              ? ManifestFile.Version1.class
              : ManifestFile.Version2.class;
      return MAPPER.treeToValue(tree, file).manifest();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(reason(e), e);
    }
  }

  private static String reason(JsonProcessingException e) {
    Throwable cause = e.getCause();
    if (cause instanceof IllegalArgumentException && cause.getMessage() != null) {
      return cause.getMessage();
    }
    return e.getOriginalMessage().lines().findFirst().orElse("it is not JSON");
  }
}
