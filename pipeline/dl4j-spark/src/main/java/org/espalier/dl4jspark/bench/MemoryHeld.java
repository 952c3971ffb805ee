package org.espalier.dl4jspark.bench;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.IOException;
import java.io.Serializable;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Scanner;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.espalier.engine.arithmetic.NativeArrays;

/**
 * What a process holds, in bytes.
 *
 * @param heap live objects
 * @param offHeap arrays of ND4J but not its workspaces, what JavaCPP counts, and direct buffers
 * @param resident all memory that the system has given it, 0 where that is not known
 * @param peak the most that it ever was, 0 where that is not known
 */
@DefaultSerializer(JavaSerializer.class) // Kryo itself cannot read records.
public record MemoryHeld(long heap, long offHeap, long resident, long peak)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long PAGE = 4096;
  private static final String PEAK = "VmHWM:";
  private static final double MEBI = 1.0 / (1 << 20);
  private static final long SETTLED = 1 << 16;
  private static final int MOST_COLLECTIONS = 40;
  private static final long PAUSE_MILLIS = 50;

  /**
   * What this process holds when its garbage is collected. What native memory belonged to is freed
   * by other threads after a collection, and only collected by the next one; so it is collected
   * until the heap does not become smaller any more, for two seconds at most.
   */
  public static MemoryHeld now() {
    long before = Long.MAX_VALUE;
    long heap = collected();
    for (int i = 0; i < MOST_COLLECTIONS && heap < before - SETTLED; i++) {
      before = heap;
      pause();
      heap = collected();
    }
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    long offHeap = NativeArrays.bytes() + Pointer.totalBytes() + direct;
    return new MemoryHeld(heap, offHeap, residentBytes(), peakBytes());
  }

  /** This, in words. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "heap %.0f, off-heap %.0f, resident %.0f, at most %.0f",
        heap * MEBI,
        offHeap * MEBI,
        resident * MEBI,
        peak * MEBI);
  }

  /** This and what is held later, in words. */
  public String until(MemoryHeld later) {
    return String.format(
        Locale.ROOT,
        "MiB: heap %.1f to %.1f, off-heap %.1f to %.1f, resident %.0f to %.0f",
        heap * MEBI,
        later.heap * MEBI,
        offHeap * MEBI,
        later.offHeap * MEBI,
        resident * MEBI,
        later.resident * MEBI);
  }

  private static long collected() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long residentBytes() {
    Path status = Path.of("/proc/self/statm");
    try (Scanner pages = new Scanner(status, StandardCharsets.US_ASCII)) {
      pages.nextLong();
      return pages.nextLong() * PAGE;
    } catch (IOException | NoSuchElementException e) {
      return 0;
    }
  }

  private static long peakBytes() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith(PEAK))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
