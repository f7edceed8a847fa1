// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A selector as the simplest thing that could be right: a tree that evaluates with boxed values,
 * null for NULL and unknown, and prints itself with noise. What the real one is held against.
 */
interface Expression {

    /** The value: Boolean, Integer, Long, Float, Double, String, or null. */
    Object evaluate(Map<String, Object> message);

    /** Whether it must stand in parentheses as a part of another. */
    boolean isCompound();

    /** The text, with spaces, letter case and parentheses that mean nothing. */
    String print(Random noise);

    /** The text as a part of another expression. */
    default String printPart(Random noise) {
        String text = print(noise);
        boolean parentheses = isCompound() || noise.nextInt(5) == 0;
        return parentheses ? "(" + space(noise) + text + space(noise) + ")" : text;
    }

    static String space(Random noise) {
        return noise.nextInt(4) == 0 ? List.of(" ", "\n", "\t ", "\f").get(noise.nextInt(4)) : "";
    }

    static String word(String reserved, Random noise) {
        String cased =
                reserved.chars()
                        .mapToObj(c -> Character.toString(c))
                        .map(c -> noise.nextBoolean() ? c : c.toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining());
        return " " + cased + " " + space(noise);
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** A literal. */
    record Constant(Object value) implements Expression {
        @Override
        public Object evaluate(Map<String, Object> message) {
            return value;
        }

        @Override
        public boolean isCompound() {
            return false;
        }

        @Override
        public String print(Random noise) {
            if (value instanceof String) {
                return quote((String) value);
            }
            if (value instanceof Boolean) {
                return word(value.toString().toUpperCase(Locale.ROOT), noise);
            }
            if (value instanceof Long) {
                return value + (noise.nextBoolean() ? "L" : "l");
            }
            return value instanceof Float ? value + "f" : value.toString();
        }
    }

    /** An identifier. */
    record Name(String name) implements Expression {
        @Override
        public Object evaluate(Map<String, Object> message) {
            return message.get(name);
        }

        @Override
        public boolean isCompound() {
            return false;
        }

        @Override
        public String print(Random noise) {
            return name;
        }
    }

    /** {@code + - * /} on two operands. */
    record Computed(String operator, Expression left, Expression right) implements Expression {
        @Override
        public Object evaluate(Map<String, Object> message) {
            Object a = left.evaluate(message);
            Object b = right.evaluate(message);
            if (!(a instanceof Number && b instanceof Number)) {
                return null;
            }
            return compute((Number) a, (Number) b);
        }

        private Object compute(Number a, Number b) {
            if (a instanceof Double || b instanceof Double) {
                double x = a.doubleValue();
                double y = b.doubleValue();
                return pick(x + y, x - y, x * y, x / y);
            }
            if (a instanceof Float || b instanceof Float) {
                float x = a.floatValue();
                float y = b.floatValue();
                return pick(x + y, x - y, x * y, x / y);
            }
            if (a instanceof Long || b instanceof Long) {
                long x = a.longValue();
                long y = b.longValue();
                return pick(x + y, x - y, x * y, y == 0 ? null : (Object) (x / y));
            }
            int x = a.intValue();
            int y = b.intValue();
            return pick(x + y, x - y, x * y, y == 0 ? null : (Object) (x / y));
        }

        private Object pick(Object sum, Object difference, Object product, Object quotient) {
            return switch (operator) {
                case "+" -> sum;
                case "-" -> difference;
                case "*" -> product;
                default -> quotient;
            };
        }

        @Override
        public boolean isCompound() {
            return true;
        }

        @Override
        public String print(Random noise) {
            return left.printPart(noise)
                    + space(noise)
                    + operator
                    + space(noise)
                    + right.printPart(noise);
        }
    }

    /** A sign. */
    record Signed(boolean minus, Expression operand) implements Expression {
        @Override
        public Object evaluate(Map<String, Object> message) {
            Object value = operand.evaluate(message);
            if (!(value instanceof Number)) {
                return null;
            }
            return new Computed("*", new Constant(value), new Constant(minus ? -1 : 1))
                    .evaluate(message);
        }

        @Override
        public boolean isCompound() {
            return false;
        }

        @Override
        public String print(Random noise) {
            return (minus ? "-" : "+") + space(noise) + operand.printPart(noise);
        }
    }

    /** {@code = <> < <= > >=} on two operands. */
    record Compared(String operator, Expression left, Expression right) implements Expression {
        @Override
        public Object evaluate(Map<String, Object> message) {
            return compare(operator, left.evaluate(message), right.evaluate(message));
        }

        static Boolean compare(String operator, Object a, Object b) {
            if (a == null || b == null) {
                return null;
            }
            if (a instanceof Number && b instanceof Number) {
                return compareNumbers(operator, (Number) a, (Number) b);
            }
            if (a.getClass() != b.getClass()) {
                return false;
            }
            return switch (operator) {
                case "=" -> a.equals(b);
                case "<>" -> !a.equals(b);
                default -> false;
            };
        }

        private static Boolean compareNumbers(String operator, Number a, Number b) {
            if (a instanceof Double || b instanceof Double) {
                return pick(
                        operator,
                        a.doubleValue() < b.doubleValue(),
                        a.doubleValue() == b.doubleValue(),
                        a.doubleValue() > b.doubleValue());
            }
            if (a instanceof Float || b instanceof Float) {
                return pick(
                        operator,
                        a.floatValue() < b.floatValue(),
                        a.floatValue() == b.floatValue(),
                        a.floatValue() > b.floatValue());
            }
            return pick(
                    operator,
                    a.longValue() < b.longValue(),
                    a.longValue() == b.longValue(),
                    a.longValue() > b.longValue());
        }

        private static boolean pick(String operator, boolean less, boolean equal, boolean greater) {
            return switch (operator) {
                case "=" -> equal;
                case "<>" -> !equal;
                case "<" -> less;
                case "<=" -> less || equal;
                case ">" -> greater;
                default -> greater || equal;
            };
        }

        @Override
        public boolean isCompound() {
            return true;
        }

        @Override
        public String print(Random noise) {
            return left.printPart(noise)
                    + space(noise)
                    + operator
                    + space(noise)
                    + right.printPart(noise);
        }
    }

    /** AND, OR. */
    record Joined(boolean isAnd, List<Expression> conditions) implements Expression {
        @Override
        public Object evaluate(Map<String, Object> message) {
            BinaryOperator<Object> table = isAnd ? Joined::and : (a, b) -> not(and(not(a), not(b)));
            return conditions.stream()
                    .map(c -> new Object[] {truth(c, message)})
                    .reduce((a, b) -> new Object[] {table.apply(a[0], b[0])})
                    .orElseThrow()[0];
        }

        private static Object and(Object a, Object b) {
            if (Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)) {
                return false;
            }
            return a == null || b == null ? null : true;
        }

        @Override
        public boolean isCompound() {
            return true;
        }

        @Override
        public String print(Random noise) {
            return conditions.stream()
                    .map(condition -> condition.printPart(noise))
                    .collect(Collectors.joining(word(isAnd ? "AND" : "OR", noise)));
        }
    }

    /** NOT. */
    record Negated(Expression condition) implements Expression {
        @Override
        public Object evaluate(Map<String, Object> message) {
            return not(truth(condition, message));
        }

        @Override
        public boolean isCompound() {
            return true;
        }

        @Override
        public String print(Random noise) {
            return word("NOT", noise) + condition.printPart(noise);
        }
    }

    /** [NOT] BETWEEN. */
    record Ranged(boolean negated, Expression operand, Expression low, Expression high)
            implements Expression {
        @Override
        public Object evaluate(Map<String, Object> message) {
            Expression first = new Compared(negated ? "<" : ">=", operand, low);
            Expression second = new Compared(negated ? ">" : "<=", operand, high);
            return new Joined(!negated, List.of(first, second)).evaluate(message);
        }

        @Override
        public boolean isCompound() {
            return true;
        }

        @Override
        public String print(Random noise) {
            return operand.printPart(noise)
                    + word(negated ? "NOT BETWEEN" : "BETWEEN", noise)
                    + low.printPart(noise)
                    + word("AND", noise)
                    + high.printPart(noise);
        }
    }

    /** [NOT] IN. */
    record Listed(boolean negated, Name name, List<String> values) implements Expression {
        @Override
        public Object evaluate(Map<String, Object> message) {
            Object value = name.evaluate(message);
            if (value == null) {
                return null;
            }
            return value instanceof String && negated != values.contains(value);
        }

        @Override
        public boolean isCompound() {
            return true;
        }

        @Override
        public String print(Random noise) {
            return name.printPart(noise)
                    + word(negated ? "NOT IN" : "IN", noise)
                    + values.stream()
                            .map(Expression::quote)
                            .collect(Collectors.joining("," + space(noise), "(", ")"));
        }
    }

    /** [NOT] LIKE; the pattern has no escape. */
    record Alike(boolean negated, Name name, String pattern) implements Expression {
        @Override
        public Object evaluate(Map<String, Object> message) {
            Object value = name.evaluate(message);
            if (value == null) {
                return null;
            }
            String regex =
                    pattern.chars()
                            .mapToObj(
                                    c ->
                                            c == '%'
                                                    ? ".*"
                                                    : c == '_' ? "." : Pattern.quote("" + (char) c))
                            .collect(Collectors.joining());
            return value instanceof String
                    && negated
                            != Pattern.compile(regex, Pattern.DOTALL)
                                    .matcher((String) value)
                                    .matches();
        }

        @Override
        public boolean isCompound() {
            return true;
        }

        @Override
        public String print(Random noise) {
            return name.printPart(noise)
                    + word(negated ? "NOT LIKE" : "LIKE", noise)
                    + quote(pattern);
        }
    }

    /** IS [NOT] NULL. */
    record Absent(boolean negated, Name name) implements Expression {
        @Override
        public Object evaluate(Map<String, Object> message) {
            return negated != (name.evaluate(message) == null);
        }

        @Override
        public boolean isCompound() {
            return true;
        }

        @Override
        public String print(Random noise) {
            return name.printPart(noise) + word(negated ? "IS NOT NULL" : "IS NULL", noise);
        }
    }

    /** What an expression is as a condition. */
    static Object truth(Expression condition, Map<String, Object> message) {
        Object value = condition.evaluate(message);
        return value == null || value instanceof Boolean ? value : false;
    }

    private static Object not(Object truth) {
        return truth == null ? null : !(Boolean) truth;
    }
}
