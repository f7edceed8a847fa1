// SPDX-License-Identifier: Apache-2.0

/**
 * Orders that Camel moves from queue to queue in transactions. Read {@link
 * org.taffrail.samples.camel.OrderRoutes} first.
 */
package org.taffrail.samples.camel;
