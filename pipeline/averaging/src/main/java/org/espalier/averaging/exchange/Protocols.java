package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;

/** The messages of all protocols, by their codes. Immutable. */
final class Protocols {
  /** A code and the number of a run. */
  private static final int SHORTEST = 1 + Long.BYTES;

  private final Map<Byte, Request> byCode = new HashMap<>();

  private Protocols(Iterable<Protocol> protocols) {
    add(List.of(ExchangeRequest.values()));
    protocols.forEach(protocol -> add(protocol.requests()));
  }

  private void add(List<? extends Request> requests) {
    for (Request request : requests) {
      Request other = byCode.putIfAbsent(request.code(), request);
      if (other != null) {
        throw new IllegalStateException(
            "Cannot tell messages apart: %s and %s have the code %d"
                .formatted(other, request, request.code()));
      }
    }
  }

  /** Those of every run, and those of the protocols on the class path. */
  static Protocols found() {
    return of(ServiceLoader.load(Protocol.class, Protocols.class.getClassLoader()));
  }

  /**
   * Those of every run, and those of some protocols.
   *
   * @throws IllegalStateException if two kinds of messages have the same code
   */
  static Protocols of(Iterable<Protocol> protocols) {
    return new Protocols(protocols);
  }

  /**
   * Does what a message asks for.
   *
   * @throws LostShards if it is of a run that is unknown here, or no message at all
   */
  CompletableFuture<ByteBuffer> serve(ByteBuffer message, Exchange here) {
    if (message.remaining() < SHORTEST) {
      throw LostShards.refused(
          "Cannot do what a message asks for: it has %d bytes".formatted(message.remaining()));
    }
    byte code = message.get();
    Request request = byCode.get(code);
    if (request == null) {
      throw LostShards.refused("Cannot do what a message asks for: its code is " + code);
    }
    return request.answer(message, here);
  }
}
