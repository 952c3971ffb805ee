/** Checkpoints of a run whose gradients are averaged, written by those who keep its shards. */
package org.espalier.averaging.checkpoint;
