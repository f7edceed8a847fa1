// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

/**
 * A part of a parsed selector. Immutable, so that a selector may be evaluated by any number of
 * threads, each with its own {@link Evaluation}.
 *
 * <p>There are two sorts: a {@link Condition} gives a {@link Truth}, an {@link Operand} gives a
 * {@link Value}. Long chains ({@code a OR b OR c ...}) are one node with many children, so that the
 * tree is never deeper than the parentheses of the text allow.
 */
abstract class Node {

    /** What can be known of a part's type without a message. */
    enum StaticType {
        BOOLEAN("a condition"),
        NUMBER("a number"),
        STRING("a string"),
        /** An identifier: its type is that of the property in each message. */
        ANY("an identifier");

        /** How an error message calls it. */
        final String shown;

        StaticType(String shown) {
            this.shown = shown;
        }
    }

    // How tightly a part binds: it is printed in parentheses where a tighter one is needed.
    static final int BINDS_OR = 1;
    static final int BINDS_AND = 2;
    static final int BINDS_NOT = 3;
    static final int BINDS_EQUALITY = 4;
    static final int BINDS_RELATION = 5;
    static final int BINDS_SUM = 6;
    static final int BINDS_PRODUCT = 7;
    static final int BINDS_SIGN = 8;
    static final int BINDS_PRIMARY = 9;

    abstract StaticType type();

    abstract int binding();

    /** Appends the part in canonical form: one space, upper case, no needless parentheses. */
    abstract void print(StringBuilder out);

    final void printWithin(StringBuilder out, int neededBinding) {
        if (binding() >= neededBinding) {
            print(out);
        } else {
            out.append('(');
            print(out);
            out.append(')');
        }
    }
}
