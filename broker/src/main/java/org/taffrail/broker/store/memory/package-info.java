// SPDX-License-Identifier: Apache-2.0
/**
 * A store that lives as long as the process: for brokers without a folder, and for tests. Start
 * with {@link org.taffrail.broker.store.memory.MemoryStore}.
 */
package org.taffrail.broker.store.memory;
