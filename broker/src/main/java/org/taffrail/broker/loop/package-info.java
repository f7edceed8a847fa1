// SPDX-License-Identifier: Apache-2.0
/**
 * What stands between the core and the store: {@link org.taffrail.broker.loop.Loop} turns decisions
 * into atomic batches and holds effects back until they are durable.
 */
package org.taffrail.broker.loop;
