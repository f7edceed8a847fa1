// SPDX-License-Identifier: Apache-2.0

/**
 * A shop and its clerk as Micronaut beans: a client that is an interface, and listeners that are
 * methods. Read {@link org.taffrail.samples.micronaut.Clerk} first.
 */
package org.taffrail.samples.micronaut;
