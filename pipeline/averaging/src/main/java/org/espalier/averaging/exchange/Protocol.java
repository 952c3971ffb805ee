package org.espalier.averaging.exchange;

import java.util.List;

/**
 * Kinds of messages that belong together. Found by a line with its class in {@code
 * META-INF/services/org.espalier.averaging.exchange.Protocol}; a public class with a public
 * constructor without parameters.
 */
public interface Protocol {
  /** The kinds of messages; no code is another's, of any protocol. */
  List<? extends Request> requests();
}
