package org.espalier.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 200;

  @TempDir private java.nio.file.Path folder;

  @Test
  void ofThoseThatCreateAFileAtOnceOneSucceeds() throws Exception {
    FileSystem files = FileSystem.getLocal(new Configuration());
    CyclicBarrier together = new CyclicBarrier(THREADS);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        Path file = files.makeQualified(new Path(folder.resolve("f" + round).toString()));
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
          byte[] content = ("thread " + thread).getBytes(StandardCharsets.UTF_8);
          tasks.add(
              () -> {
                together.await();
                return NewFile.create(files, file, content);
              });
        }
        int created = 0;
        for (Future<Boolean> each : threads.invokeAll(tasks)) {
          created += each.get() ? 1 : 0;
        }
        assertThat(created).isOne();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
