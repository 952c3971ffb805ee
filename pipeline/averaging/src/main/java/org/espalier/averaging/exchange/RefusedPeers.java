package org.espalier.averaging.exchange;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hosts whose messages were refused, each of which is logged once. Thread-safe. */
final class RefusedPeers {
  private static final Logger LOG = LoggerFactory.getLogger(RefusedPeers.class);

  private final Set<String> hosts = ConcurrentHashMap.newKeySet();

  void note(SocketAddress peer, RunFailure reason) {
    String host = peer instanceof InetSocketAddress known ? known.getHostString() : peer.toString();
    if (hosts.add(host)) {
      LOG.warn("a message from {} was refused: {}", host, reason.getMessage());
    }
  }
}
