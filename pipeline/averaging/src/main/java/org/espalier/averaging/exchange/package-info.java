/**
 * The exchange between executors: the vectors of workers are reduced shard by shard in the process
 * that owns the shard, in worker order, and the averages are gathered from there. Built on Spark's
 * own network library, with Spark's authentication and encryption where they are on.
 */
package org.espalier.averaging.exchange;
