// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random expressions, printed, parsed and evaluated, give what the boxed reference gives. */
class SelectorPropertyTest {

    private static final List<String> NAMES =
            List.of("a", "b", "c", "_d", "\u00e9", "JMSType", "JMSPriority");

    @Property(tries = 10_000)
    void evaluatesAsTheReferenceDoes(
            @ForAll("conditions") Expression expression,
            @ForAll("messages") Map<String, Object> message,
            @ForAll Random noise)
            throws SelectorSyntaxException {
        String text = expression.print(noise);

        Selector selector = Selector.parse(text);

        Truth expected = truth(Expression.truth(expression, message));
        Evaluation evaluation = new Evaluation();
        TestMessage input = TestMessage.of(message);
        assertEquals(expected, selector.evaluate(input, evaluation), text + " on " + message);
        assertEquals(0, evaluation.mark(), text);
        assertEquals(expected == Truth.TRUE, selector.matches(input, evaluation), text);
    }

    @Property(tries = 5_000)
    void theCanonicalTextMeansTheSame(
            @ForAll("conditions") Expression expression,
            @ForAll("messages") Map<String, Object> message,
            @ForAll Random noise)
            throws SelectorSyntaxException {
        Selector selector = Selector.parse(expression.print(noise));

        Selector again = Selector.parse(selector.toString());

        assertEquals(selector, again);
        assertEquals(selector.toString(), again.toString());
        assertEquals(selector.identifiers(), again.identifiers());
        TestMessage input = TestMessage.of(message);
        assertEquals(
                selector.evaluate(input, new Evaluation()),
                again.evaluate(input, new Evaluation()),
                selector.text() + " became " + selector);
    }

    private static Truth truth(Object value) {
        return value == null ? Truth.UNKNOWN : Truth.of((Boolean) value);
    }

    @Provide
    Arbitrary<Map<String, Object>> messages() {
        Arbitrary<Object> values =
                Arbitraries.oneOf(
                        Arbitraries.just(null),
                        Arbitraries.of(true, false),
                        texts().map(text -> (Object) text),
                        numbers().map(number -> (Object) number));
        return values.list()
                .ofSize(NAMES.size())
                .map(
                        list -> {
                            Map<String, Object> message = new HashMap<>();
                            for (int i = 0; i < NAMES.size(); i++) {
                                message.put(NAMES.get(i), list.get(i));
                            }
                            return message;
                        });
    }

    /** Few enough that two of them are often equal. */
    private static Arbitrary<String> texts() {
        return Arbitraries.of("", "a", "ab", "aXb", "'", "it's", "\u65e5", "\uD83D\uDC08", "1");
    }

    private static Arbitrary<Number> numbers() {
        return Arbitraries.of(
                0,
                1,
                2,
                5,
                -5,
                7,
                Integer.MAX_VALUE,
                Integer.MIN_VALUE,
                16777217,
                0L,
                1L,
                5L,
                -1L,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                2147483648L,
                0f,
                0.1f,
                5f,
                -2.5f,
                16777216f,
                Float.MIN_VALUE,
                Float.MAX_VALUE,
                0.0,
                -0.0,
                0.1,
                5.0,
                2.5,
                1e300,
                Double.MIN_VALUE,
                Double.MAX_VALUE);
    }

    private static Arbitrary<Expression.Name> names() {
        return Arbitraries.of(NAMES).map(Expression.Name::new);
    }

    @Provide
    Arbitrary<Expression> conditions() {
        return conditions(3);
    }

    private static Arbitrary<Expression> conditions(int depth) {
        Arbitrary<Expression> simple =
                Arbitraries.frequencyOf(
                        pair(2, names()),
                        pair(1, Arbitraries.of(true, false).map(Expression.Constant::new)),
                        pair(6, comparisons()),
                        pair(2, ranges()),
                        pair(2, lists()),
                        pair(2, patterns()),
                        pair(2, Combinators.combine(flags(), names()).as(Expression.Absent::new)));
        if (depth == 0) {
            return simple;
        }
        Arbitrary<Expression> inner = Arbitraries.lazy(() -> conditions(depth - 1));
        return Arbitraries.frequencyOf(
                pair(2, simple),
                pair(1, inner.map(Expression.Negated::new)),
                pair(
                        1,
                        Combinators.combine(
                                        Arbitraries.of("=", "<>"),
                                        inner,
                                        Arbitraries.oneOf(inner, names().map(n -> n)))
                                .as(Expression.Compared::new)),
                pair(
                        3,
                        Combinators.combine(flags(), inner.list().ofMinSize(2).ofMaxSize(4))
                                .as(Expression.Joined::new)));
    }

    private static Tuple.Tuple2<Integer, Arbitrary<? extends Expression>> pair(
            int frequency, Arbitrary<? extends Expression> arbitrary) {
        return Tuple.of(frequency, arbitrary);
    }

    private static Arbitrary<Boolean> flags() {
        return Arbitraries.of(true, false);
    }

    private static Arbitrary<Expression> comparisons() {
        Arbitrary<Expression> order =
                Combinators.combine(Arbitraries.of("<", "<=", ">", ">="), operands(2), operands(2))
                        .as(Expression.Compared::new);
        Arbitrary<Expression> any =
                Arbitraries.oneOf(operands(2), texts().map(Expression.Constant::new));
        Arbitrary<Expression> equality =
                Combinators.combine(Arbitraries.of("=", "<>"), any, any)
                        .as(Expression.Compared::new);
        return Arbitraries.oneOf(order, equality);
    }

    private static Arbitrary<Expression> ranges() {
        return Combinators.combine(flags(), operands(1), operands(1), operands(1))
                .as(Expression.Ranged::new);
    }

    private static Arbitrary<Expression> lists() {
        return Combinators.combine(flags(), names(), texts().list().ofMinSize(1).ofMaxSize(12))
                .as(Expression.Listed::new);
    }

    private static Arbitrary<Expression> patterns() {
        Arbitrary<String> pattern = Arbitraries.strings().withChars("ab_%X'").ofMaxLength(5);
        return Combinators.combine(flags(), names(), pattern).as(Expression.Alike::new);
    }

    /** Numbers and identifiers, and what can be computed of them. */
    private static Arbitrary<Expression> operands(int depth) {
        Arbitrary<Expression> simple =
                Arbitraries.oneOf(
                        names().map(name -> name), numbers().map(Expression.Constant::new));
        if (depth == 0) {
            return simple;
        }
        Arbitrary<Expression> inner = Arbitraries.lazy(() -> operands(depth - 1));
        return Arbitraries.frequencyOf(
                pair(3, simple),
                pair(1, Combinators.combine(flags(), inner).as(Expression.Signed::new)),
                pair(
                        3,
                        Combinators.combine(Arbitraries.of("+", "-", "*", "/"), inner, inner)
                                .as(Expression.Computed::new)));
    }
}
