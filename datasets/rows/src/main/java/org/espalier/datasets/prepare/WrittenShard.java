package org.espalier.datasets.prepare;

import java.io.Serializable;
import org.espalier.datasets.Shard;

/** A shard that one attempt of a task wrote to a file of its own. */
record WrittenShard(String attempt, String split, Shard shard) implements Serializable {}
