// SPDX-License-Identifier: Apache-2.0
/**
 * The message selector language of Jakarta Messaging 3.1, section 3.8: parsed once, evaluated in
 * place on a record's bytes.
 *
 * <p>Read {@link org.taffrail.wire.selector.Selector} first: it holds the grammar and the rules.
 * Then {@link org.taffrail.wire.selector.SelectorInput}, the door through which a record is asked
 * for its fields, and {@link org.taffrail.wire.selector.Value}, the cell it answers with. {@code
 * Lexer} and {@code Parser} turn text into {@code Node}s, each a small class with the rules of one
 * operation.
 */
package org.taffrail.wire.selector;
