// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

/** A condition as an operand, to be compared with a boolean; unknown is NULL. */
final class TruthValue extends Operand {

    private final Condition condition;

    TruthValue(Condition condition) {
        this.condition = condition;
    }

    @Override
    Value value(SelectorInput input, Evaluation evaluation) {
        int mark = evaluation.mark();
        Truth truth = condition.evaluate(input, evaluation);
        evaluation.release(mark);
        Value result = evaluation.take();
        if (truth == Truth.UNKNOWN) {
            result.setNull();
        } else {
            result.setBoolean(truth == Truth.TRUE);
        }
        return result;
    }

    @Override
    StaticType type() {
        return StaticType.BOOLEAN;
    }

    @Override
    int binding() {
        return condition.binding();
    }

    @Override
    void print(StringBuilder out) {
        condition.print(out);
    }
}
