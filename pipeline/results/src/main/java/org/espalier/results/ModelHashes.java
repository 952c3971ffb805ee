package org.espalier.results;

import java.util.Optional;

/**
 * What identifies a trained model to the bit.
 *
 * @param parametersSha256 SHA-256 of the little-endian float32 parameter vector, in hexadecimal;
 *     absent where no model is at hand
 * @param masksSha256 SHA-256 of the packed masks, in hexadecimal; absent where there are none
 */
public record ModelHashes(Optional<String> parametersSha256, Optional<String> masksSha256) {

  public ModelHashes {
    Require.text(parametersSha256, "hash of the parameters");
    Require.text(masksSha256, "hash of the masks");
  }
}
