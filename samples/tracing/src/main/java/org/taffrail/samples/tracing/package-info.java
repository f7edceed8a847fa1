// SPDX-License-Identifier: Apache-2.0
/**
 * A shop, a clerk and a warehouse, each a process of its own, that pass an order on by messages.
 * None of them knows of tracing: {@link org.taffrail.samples.tracing.Main} is where to start, and
 * the agent that is given to the JVM does the rest.
 */
package org.taffrail.samples.tracing;
