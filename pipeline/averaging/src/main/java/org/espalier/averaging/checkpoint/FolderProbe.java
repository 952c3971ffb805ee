package org.espalier.averaging.checkpoint;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.espalier.averaging.exchange.Exchange;
import org.espalier.averaging.exchange.ExecutorAddress;
import org.espalier.averaging.exchange.FileAnswer;
import org.espalier.averaging.parts.PartsFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The question whether a process and the driver see the same folder, put once to each process of a
 * run: the driver writes a file with a random value, the process copies it, and the driver reads
 * the copy. Thread-safe.
 */
public final class FolderProbe {
  private static final Logger LOG = LoggerFactory.getLogger(FolderProbe.class);
  private static final SecureRandom VALUES = new SecureRandom();

  private final Map<Long, Boolean> shares = new ConcurrentHashMap<>();

  /**
   * Whether a process sees the folder.
   *
   * @throws IOException if the driver cannot write to it
   */
  boolean isSharedWith(ExecutorAddress process, long run, PartsFolder folder, SentFolder sent)
      throws IOException {
    Boolean known = shares.get(process.process());
    return known == null ? asked(process, run, folder, sent) : known;
  }

  private boolean asked(ExecutorAddress process, long run, PartsFolder folder, SentFolder sent)
      throws IOException {
    ProbeFile file = new ProbeFile("probe-" + UUID.randomUUID(), sent);
    byte[] value = new byte[16];
    VALUES.nextBytes(value);
    String text = HexFormat.of().formatHex(value);
    folder.writeText(file.name(), text);
    try {
      boolean seen = answer(process, run, file).outcome() == FileAnswer.Outcome.DONE;
      boolean shared = seen && isAnswered(file, text, folder);
      shares.put(process.process(), shared);
      if (!shared) {
        LOG.info(
            "executor {} does not share {} with the driver, which writes its shards of checkpoints",
            process.executor(),
            folder.path());
      }
      return shared;
    } catch (CompletionException e) {
      LOG.debug("executor {} cannot be asked what it sees", process.executor(), e);
      return false;
    } finally {
      file.delete(folder);
    }
  }

  private static FileAnswer answer(ExecutorAddress process, long run, ProbeFile file) {
    Exchange exchange = Exchange.ofProcess();
    return exchange
        .askFor(process, CheckpointRequest.probe(run, exchange.serialised(file)), FileAnswer::read)
        .join();
  }

  private static boolean isAnswered(ProbeFile file, String text, PartsFolder folder) {
    try {
      return file.isAnswered(text, folder);
    } catch (IOException e) {
      LOG.debug("the driver cannot read what an executor wrote", e);
      return false;
    }
  }
}
