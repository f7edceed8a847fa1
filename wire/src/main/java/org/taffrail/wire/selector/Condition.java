// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

/** A part of a selector that holds, does not hold, or is unknown. */
abstract class Condition extends Node {

    abstract Truth evaluate(SelectorInput input, Evaluation evaluation);

    @Override
    final StaticType type() {
        return StaticType.BOOLEAN;
    }
}
