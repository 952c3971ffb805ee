/**
 * The averaging of parameters: the vectors of workers are reduced shard by shard in the process
 * that owns the shard, in worker order, and the averages are gathered from there when the next
 * round begins.
 */
package org.espalier.averaging.parameters;
