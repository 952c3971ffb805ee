package org.espalier.averaging.exchange;

import java.io.Serializable;
import java.util.List;

/**
 * A round whose slices have landed.
 *
 * @param key the try that succeeded
 * @param layout its slices
 * @param landings slice s landed at landing {@code s mod size}
 */
public record LandedRound(RoundKey key, SliceLayout layout, List<Address> landings)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
