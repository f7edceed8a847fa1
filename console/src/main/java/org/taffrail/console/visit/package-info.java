// SPDX-License-Identifier: Apache-2.0
/**
 * How somebody who asks over HTTP comes into the broker: as a client of its own, through the same
 * door and with the same rights as over the network. Read {@link org.taffrail.console.visit.Visits}
 * first. Nothing else here knows of users and rights.
 */
package org.taffrail.console.visit;
