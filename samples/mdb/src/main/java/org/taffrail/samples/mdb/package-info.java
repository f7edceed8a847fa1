// SPDX-License-Identifier: Apache-2.0
/**
 * Orders come over a queue, become rows of a database, and are confirmed over another queue: in one
 * transaction. Read {@link org.taffrail.samples.mdb.OrderConfirmations}.
 */
package org.taffrail.samples.mdb;
