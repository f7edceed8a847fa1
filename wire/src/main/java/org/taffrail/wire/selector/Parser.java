// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

import org.taffrail.wire.selector.Node.StaticType;
import org.taffrail.wire.selector.Token.Type;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds the tree of a selector by recursive descent, one method per rule of the grammar in {@link
 * Selector}.
 *
 * <p>Recursion goes deeper only at an opening parenthesis, whose number is limited; chains of
 * operators and of signs are loops. So neither parsing nor evaluating can run out of stack.
 */
final class Parser {

    private final String text;
    private final Lexer lexer;
    private final Map<String, Identifier> identifiers = new LinkedHashMap<>();
    private Token token;
    private int depth;

    private Parser(String text) throws SelectorSyntaxException {
        this.text = text;
        this.lexer = new Lexer(text);
        this.token = lexer.next();
    }

    /** Parses a text that is neither blank nor too long. */
    static Selector parse(String text) throws SelectorSyntaxException {
        Parser parser = new Parser(text);
        int start = parser.token.start();
        Node node = parser.logic(Type.OR);
        parser.expect(Type.END, "an operator or the end");
        Condition root = parser.condition(node, start);
        return new Selector(text, root, List.copyOf(parser.identifiers.values()));
    }

    /** A disjunction for OR, a conjunction for AND: a chain of either. */
    private Node logic(Type operator) throws SelectorSyntaxException {
        int start = token.start();
        Node first = operator == Type.OR ? logic(Type.AND) : negation();
        if (token.type() != operator) {
            return first;
        }
        List<Condition> conditions = new ArrayList<>();
        conditions.add(condition(first, start));
        while (accept(operator)) {
            int nextStart = token.start();
            Node next = operator == Type.OR ? logic(Type.AND) : negation();
            conditions.add(condition(next, nextStart));
        }
        return new Logic(operator == Type.AND, conditions.toArray(new Condition[0]));
    }

    private Node negation() throws SelectorSyntaxException {
        boolean any = false;
        boolean odd = false;
        while (accept(Type.NOT)) {
            any = true;
            odd = !odd;
        }
        int start = token.start();
        Node node = equality();
        if (!any) {
            return node;
        }
        Condition condition = condition(node, start);
        return odd ? new Not(condition) : condition;
    }

    private Node equality() throws SelectorSyntaxException {
        int start = token.start();
        Node left = relation();
        if (accept(Type.IS)) {
            boolean negated = accept(Type.NOT);
            expect(Type.NULL, negated ? "NULL after IS NOT" : "NULL or NOT NULL after IS");
            return new IsNull(negated, reference(left, start, "IS NULL"));
        }
        Comparison.Operator operator = Comparison.Operator.equality(token.type());
        if (operator == null) {
            return left;
        }
        advance();
        int rightStart = token.start();
        Node right = relation();
        checkComparable(left, start, right, rightStart);
        return new Comparison(operator, operand(left), operand(right));
    }

    private Node relation() throws SelectorSyntaxException {
        int start = token.start();
        Node left = arithmetic(Node.BINDS_SUM);
        Comparison.Operator operator = Comparison.Operator.order(token.type());
        if (operator != null) {
            Operand checked = number(left, start);
            advance();
            return new Comparison(operator, checked, number());
        }
        boolean negated = accept(Type.NOT);
        switch (token.type()) {
            case BETWEEN:
                return between(negated, number(left, start));
            case IN:
                return in(negated, reference(left, start, "IN"));
            case LIKE:
                return like(negated, reference(left, start, "LIKE"));
            default:
                if (negated) {
                    throw expected("BETWEEN, IN or LIKE after NOT");
                }
                return left;
        }
    }

    private Condition between(boolean negated, Operand operand) throws SelectorSyntaxException {
        advance();
        Operand low = number();
        expect(Type.AND, "AND after the lower bound of BETWEEN");
        return new Between(negated, operand, low, number());
    }

    private Condition in(boolean negated, Reference reference) throws SelectorSyntaxException {
        advance();
        expect(Type.OPEN, "'(' after IN");
        List<String> values = new ArrayList<>();
        do {
            if (values.size() == Selector.IN_VALUES_MAX) {
                throw SelectorSyntaxException.overLimit(
                        text,
                        token.start(),
                        "too many values in one IN",
                        "IN_VALUES_MAX",
                        Selector.IN_VALUES_MAX);
            }
            values.add((String) expect(Type.STRING, "a string in the list of IN").value());
        } while (accept(Type.COMMA));
        expect(Type.CLOSE, "',' or ')' in the list of IN");
        return new In(negated, reference, new StringSet(values));
    }

    private Condition like(boolean negated, Reference reference) throws SelectorSyntaxException {
        advance();
        Token patternToken = expect(Type.STRING, "a string after LIKE");
        String pattern = (String) patternToken.value();
        StringBuilder printed = new StringBuilder(negated ? " NOT LIKE " : " LIKE ");
        new Literal(pattern).print(printed);
        int escape = -1;
        if (accept(Type.ESCAPE)) {
            Token escapeToken = expect(Type.STRING, "a string after ESCAPE");
            String escapeText = (String) escapeToken.value();
            if (escapeText.codePointCount(0, escapeText.length()) != 1) {
                throw new SelectorSyntaxException(
                        text, escapeToken.start(), "expected a single character after ESCAPE");
            }
            escape = escapeText.codePointAt(0);
            printed.append(" ESCAPE ");
            new Literal(escapeText).print(printed);
        }
        LikePattern compiled = LikePattern.compile(pattern, escape);
        if (!compiled.isBounded()) {
            throw SelectorSyntaxException.overLimit(
                    text,
                    patternToken.start(),
                    "too many characters between two % of a pattern with _ among them",
                    "LIKE_PART_CHARS_MAX",
                    Selector.LIKE_PART_CHARS_MAX);
        }
        return new Like(negated, reference, compiled, printed.toString());
    }

    /** A sum or a product: a chain of + and -, or of * and /. */
    private Node arithmetic(int binding) throws SelectorSyntaxException {
        int start = token.start();
        boolean sum = binding == Node.BINDS_SUM;
        Node first = sum ? arithmetic(Node.BINDS_PRODUCT) : signed();
        if (Arithmetic.Operator.of(binding, token.type()) == null) {
            return first;
        }
        List<Operand> operands = new ArrayList<>();
        List<Arithmetic.Operator> operators = new ArrayList<>();
        operands.add(number(first, start));
        Arithmetic.Operator operator;
        while ((operator = Arithmetic.Operator.of(binding, token.type())) != null) {
            advance();
            int nextStart = token.start();
            operators.add(operator);
            Node next = sum ? arithmetic(Node.BINDS_PRODUCT) : signed();
            operands.add(number(next, nextStart));
        }
        return new Arithmetic(
                binding,
                operands.toArray(new Operand[0]),
                operators.toArray(new Arithmetic.Operator[0]));
    }

    private Node signed() throws SelectorSyntaxException {
        boolean any = false;
        boolean minus = false;
        while (token.type() == Type.PLUS || token.type() == Type.MINUS) {
            boolean thisMinus = token.type() == Type.MINUS;
            advance();
            if (thisMinus && isNumber(token.type())) {
                Literal literal = new Literal(Literals.negated(text, token));
                advance();
                return minus ? literal.negated() : literal;
            }
            any = true;
            minus ^= thisMinus;
        }
        int start = token.start();
        Node node = primary();
        if (!any) {
            return node;
        }
        Operand operand = number(node, start);
        if (operand instanceof Literal) {
            return minus ? ((Literal) operand).negated() : operand;
        }
        return new Sign(minus, operand);
    }

    private Node primary() throws SelectorSyntaxException {
        Token first = token;
        switch (first.type()) {
            case OPEN:
                return parenthesized();
            case IDENTIFIER:
                advance();
                return reference(first);
            case STRING:
                advance();
                return new Literal((String) first.value());
            case NUMBER:
                advance();
                return new Literal((Number) first.value());
            case TRUE:
            case FALSE:
                advance();
                return new Literal(first.type() == Type.TRUE);
            case LONG_MIN_MAGNITUDE:
                throw new SelectorSyntaxException(
                        text, first.start(), "a number larger than a long");
            case NULL:
                throw expected("an identifier, a literal or '(' (NULL stands only after IS)");
            default:
                throw expected("an identifier, a literal or '('");
        }
    }

    private Node parenthesized() throws SelectorSyntaxException {
        if (depth == Selector.NESTING_MAX) {
            throw SelectorSyntaxException.overLimit(
                    text,
                    token.start(),
                    "too many parentheses within each other",
                    "NESTING_MAX",
                    Selector.NESTING_MAX);
        }
        depth++;
        advance();
        Node node = logic(Type.OR);
        expect(Type.CLOSE, "an operator or ')'");
        depth--;
        return node;
    }

    private Reference reference(Token identifier) throws SelectorSyntaxException {
        String name = (String) identifier.value();
        if (!Identifier.isAllowed(name)) {
            throw new SelectorSyntaxException(
                    text,
                    identifier.start(),
                    "a selector can refer to JMSDeliveryMode, JMSPriority, JMSMessageID,"
                            + " JMSTimestamp, JMSCorrelationID, JMSType and to properties, not to "
                            + shown(identifier));
        }
        return new Reference(identifiers.computeIfAbsent(name, Identifier::new));
    }

    // What a rule needs its parts to be.

    private Condition condition(Node node, int start) throws SelectorSyntaxException {
        if (node instanceof Condition) {
            return (Condition) node;
        }
        if (node.type() == StaticType.NUMBER || node.type() == StaticType.STRING) {
            throw new SelectorSyntaxException(
                    text, start, "expected a condition, found " + node.type().shown);
        }
        return new BooleanTest((Operand) node);
    }

    private static Operand operand(Node node) {
        return node instanceof Condition ? new TruthValue((Condition) node) : (Operand) node;
    }

    private Operand number() throws SelectorSyntaxException {
        int start = token.start();
        return number(arithmetic(Node.BINDS_SUM), start);
    }

    private Operand number(Node node, int start) throws SelectorSyntaxException {
        StaticType type = node.type();
        if (type == StaticType.BOOLEAN || type == StaticType.STRING) {
            throw new SelectorSyntaxException(
                    text, start, "expected a number or an identifier, found " + type.shown);
        }
        return (Operand) node;
    }

    private Reference reference(Node node, int start, String operation)
            throws SelectorSyntaxException {
        if (!(node instanceof Reference)) {
            throw new SelectorSyntaxException(
                    text, start, "expected an identifier in front of " + operation);
        }
        return (Reference) node;
    }

    private void checkComparable(Node left, int leftStart, Node right, int rightStart)
            throws SelectorSyntaxException {
        boolean leftBoolean = left.type() == StaticType.BOOLEAN;
        boolean rightBoolean = right.type() == StaticType.BOOLEAN;
        if (leftBoolean == rightBoolean
                || left.type() == StaticType.ANY
                || right.type() == StaticType.ANY) {
            return;
        }
        throw new SelectorSyntaxException(
                text,
                leftBoolean ? rightStart : leftStart,
                "expected something to compare with a condition, found "
                        + (leftBoolean ? right : left).type().shown);
    }

    // Tokens.

    private static boolean isNumber(Type type) {
        return type == Type.NUMBER || type == Type.LONG_MIN_MAGNITUDE;
    }

    private void advance() throws SelectorSyntaxException {
        token = lexer.next();
    }

    private boolean accept(Type type) throws SelectorSyntaxException {
        if (token.type() != type) {
            return false;
        }
        advance();
        return true;
    }

    private Token expect(Type type, String what) throws SelectorSyntaxException {
        Token found = token;
        if (found.type() != type) {
            throw expected(what);
        }
        if (type != Type.END) {
            advance();
        }
        return found;
    }

    private SelectorSyntaxException expected(String what) {
        return new SelectorSyntaxException(
                text, token.start(), "expected " + what + ", found " + shown(token));
    }

    private String shown(Token found) {
        if (found.type() == Type.END) {
            return found.type().shown;
        }
        String word = text.substring(found.start(), Math.min(found.end(), found.start() + 30));
        return found.end() - found.start() > 30 ? word + "..." : word;
    }
}
