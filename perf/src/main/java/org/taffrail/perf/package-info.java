// SPDX-License-Identifier: Apache-2.0
/**
 * Latency and throughput runs over plain Jakarta Messaging, and JMH benchmarks of the inner parts.
 */
package org.taffrail.perf;
