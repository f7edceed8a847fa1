// SPDX-License-Identifier: Apache-2.0
/**
 * JMH benchmarks, run by {@code bin/taffrail perf jmh}.
 *
 * <p>Read {@link org.taffrail.perf.jmh.MachineLimits} first: the figures that every other one is to
 * be held against. {@link org.taffrail.perf.jmh.SessionBenchmark} has most of a broker in it, the
 * others parts of it or of the client.
 */
package org.taffrail.perf.jmh;
