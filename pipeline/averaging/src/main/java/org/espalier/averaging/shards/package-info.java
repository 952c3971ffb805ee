/**
 * The cut of a network's flat vector into shards, and the entries of a shard that travel under a
 * mask.
 */
package org.espalier.averaging.shards;
