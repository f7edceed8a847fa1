// SPDX-License-Identifier: Apache-2.0
/** Small real applications that know only {@code jakarta.jms} and {@code javax.naming}. */
package org.taffrail.samples;
