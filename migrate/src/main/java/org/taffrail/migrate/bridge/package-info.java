// SPDX-License-Identifier: Apache-2.0
/**
 * Carrying messages from one provider to the other. Start with {@link
 * org.taffrail.migrate.bridge.Link}, which says how no message is lost or doubled.
 */
package org.taffrail.migrate.bridge;
