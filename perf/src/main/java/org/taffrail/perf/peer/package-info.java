// SPDX-License-Identifier: Apache-2.0
/**
 * What is measured: providers with their class paths, and brokers that the suite starts itself,
 * each in a process of its own.
 *
 * <p>Read {@link org.taffrail.perf.peer.Target} first, then {@link org.taffrail.perf.peer.Broker}.
 */
package org.taffrail.perf.peer;
