// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

/**
 * {@code identifier [NOT] IN ('a', 'b', ...)} (Jakarta Messaging 3.1, section 3.8.1.1). NULL gives
 * unknown. A value that is no string is neither in nor not in the list: the operation is false, as
 * for all unlike types.
 */
final class In extends Condition {

    private final boolean negated;
    private final Reference reference;
    private final StringSet values;

    In(boolean negated, Reference reference, StringSet values) {
        this.negated = negated;
        this.reference = reference;
        this.values = values;
    }

    @Override
    Truth evaluate(SelectorInput input, Evaluation evaluation) {
        int mark = evaluation.mark();
        Value value = reference.value(input, evaluation);
        evaluation.release(mark);
        if (value.isNull()) {
            return Truth.UNKNOWN;
        }
        if (!value.isString()) {
            return Truth.FALSE;
        }
        return Truth.of(negated != values.contains(value.bytes(), value.offset(), value.length()));
    }

    @Override
    int binding() {
        return BINDS_RELATION;
    }

    @Override
    void print(StringBuilder out) {
        reference.print(out);
        out.append(negated ? " NOT IN (" : " IN (");
        values.print(out);
        out.append(')');
    }
}
