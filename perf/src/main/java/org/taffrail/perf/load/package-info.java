// SPDX-License-Identifier: Apache-2.0
/**
 * The measuring process: produces load over plain JMS, takes the times and verifies what was
 * received. It knows a provider by its JNDI names only.
 *
 * <p>Read {@link org.taffrail.perf.load.LatencyRun} first, then {@link
 * org.taffrail.perf.load.OpenLoop} for how the times stay honest, and {@link
 * org.taffrail.perf.load.ThroughputRun}.
 */
package org.taffrail.perf.load;
