// SPDX-License-Identifier: Apache-2.0
/**
 * What managers ask of a running broker: turns management frames into reads and operations of the
 * core, and what comes of them into frames. Who may ask is decided above. Read {@link
 * org.taffrail.broker.management.Manager} first.
 */
package org.taffrail.broker.management;
