// SPDX-License-Identifier: Apache-2.0
/**
 * Taffrail in a Spring Boot application: read {@link
 * org.taffrail.spring.boot.TaffrailAutoConfiguration} first. Runs with Spring Boot 3.5 and 4.
 */
package org.taffrail.spring.boot;
