// SPDX-License-Identifier: Apache-2.0
/**
 * Delivery at scale: what a backlog, many queues or many consumers do to the rates and times of a
 * provider, measured in the process made for it. Begin with {@link
 * org.taffrail.perf.scale.Scenario} and {@link org.taffrail.perf.scale.ScaleRun}.
 */
package org.taffrail.perf.scale;
