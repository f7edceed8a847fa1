// SPDX-License-Identifier: Apache-2.0
/**
 * A Spring Boot application that knows no provider: read {@link
 * org.taffrail.samples.boot.OrdersApplication} first.
 */
package org.taffrail.samples.boot;
