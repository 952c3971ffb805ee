package org.espalier.dl4jspark.bench;

import java.util.Map;

/**
 * The memory of all processes at one moment.
 *
 * @param moment when
 * @param processes what each of them holds, by name
 */
public record MemorySample(String moment, Map<String, MemoryHeld> processes) {}
