// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

/** A part of a selector that has a value. */
abstract class Operand extends Node {

    /**
     * The value for a message: a constant, or a cell taken from the evaluation. The caller reads it
     * and does not change it; it holds until the caller releases the evaluation to a mark it set
     * before the call.
     */
    abstract Value value(SelectorInput input, Evaluation evaluation);
}
