// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

/**
 * {@code identifier [NOT] LIKE 'pattern' [ESCAPE 'c']} (Jakarta Messaging 3.1, section 3.8.1.1).
 * NULL gives unknown. A value that is no string is neither like nor not like a pattern: the
 * operation is false, as for all unlike types.
 */
final class Like extends Condition {

    private final boolean negated;
    private final Reference reference;
    private final LikePattern pattern;

    /** The operation without the identifier as it is printed. */
    private final String printed;

    Like(boolean negated, Reference reference, LikePattern pattern, String printed) {
        this.negated = negated;
        this.reference = reference;
        this.pattern = pattern;
        this.printed = printed;
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
        return Truth.of(negated != pattern.matches(value.bytes(), value.offset(), value.length()));
    }

    @Override
    int binding() {
        return BINDS_RELATION;
    }

    @Override
    void print(StringBuilder out) {
        reference.print(out);
        out.append(printed);
    }
}
