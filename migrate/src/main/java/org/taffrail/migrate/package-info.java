// SPDX-License-Identifier: Apache-2.0
/**
 * {@code bin/taffrail migrate}: carries messages from one provider of Jakarta Messaging to another,
 * one for one. Start with {@link org.taffrail.migrate.bridge.Link}.
 */
package org.taffrail.migrate;
