// SPDX-License-Identifier: Apache-2.0
/**
 * Latency and throughput suites over plain Jakarta Messaging, for any provider, and the JMH
 * benchmarks.
 *
 * <p>Read {@link org.taffrail.perf.load.LatencyRun} first: the packages below are {@code load}
 * (what a measuring process does), {@code measure} (that process), {@code peer} (providers and
 * brokers), {@code report} (tables), {@code cli} (the commands) and {@code jmh}.
 */
package org.taffrail.perf;
