// SPDX-License-Identifier: Apache-2.0
/**
 * A connection factory that an application runs with on its present provider for a day: it records
 * what the application uses of JMS, and changes nothing. Read {@link org.taffrail.check.Check} and
 * {@link org.taffrail.check.CheckInitialContextFactory} first, the two ways in; {@code
 * org.taffrail.check.tap} is what stands in between, {@code org.taffrail.check.record} what is
 * counted, and {@code org.taffrail.check.report} what is made of it afterwards, elsewhere.
 */
package org.taffrail.check;
