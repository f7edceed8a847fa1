// SPDX-License-Identifier: Apache-2.0
/**
 * The durable log as the loop sees it. Start with {@link org.taffrail.broker.store.Store}, whose
 * rules every implementation keeps.
 */
package org.taffrail.broker.store;
