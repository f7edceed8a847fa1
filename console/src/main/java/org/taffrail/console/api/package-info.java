// SPDX-License-Identifier: Apache-2.0
/**
 * What is asked and changed over HTTP in JSON: {@link org.taffrail.console.api.Api} says which path
 * is what, {@code docs/console.md} what each takes and answers.
 */
package org.taffrail.console.api;
