// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

/**
 * An operand as a condition: TRUE, FALSE, or an identifier with a boolean value. An identifier
 * whose value is not a boolean gives false, as comparing unlike types does; NULL gives unknown.
 */
final class BooleanTest extends Condition {

    private final Operand operand;

    BooleanTest(Operand operand) {
        this.operand = operand;
    }

    @Override
    Truth evaluate(SelectorInput input, Evaluation evaluation) {
        int mark = evaluation.mark();
        Value value = operand.value(input, evaluation);
        evaluation.release(mark);
        if (value.isNull()) {
            return Truth.UNKNOWN;
        }
        return Truth.of(value.kind() == Value.Kind.BOOLEAN && value.asBoolean());
    }

    @Override
    int binding() {
        return operand.binding();
    }

    @Override
    void print(StringBuilder out) {
        operand.print(out);
    }
}
