// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

/** The negation of a condition; unknown stays unknown. */
final class Not extends Condition {

    private final Condition condition;

    Not(Condition condition) {
        this.condition = condition;
    }

    @Override
    Truth evaluate(SelectorInput input, Evaluation evaluation) {
        return condition.evaluate(input, evaluation).not();
    }

    @Override
    int binding() {
        return BINDS_NOT;
    }

    @Override
    void print(StringBuilder out) {
        out.append("NOT ");
        condition.printWithin(out, BINDS_EQUALITY);
    }
}
