// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.mutation;

import jakarta.jms.BytesMessage;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotWriteableException;
import jakarta.jms.ObjectMessage;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Providers that break one rule of bodies, or of how values are converted. */
final class BodyRules {
    static final List<Rule> ALL =
            List.of(
                    Rule.of(
                            "leaves bytes at their end after getBody",
                            BodyRules::leavesBytesAtTheirEnd,
                            "GetBody.resetsBytes"),
                    Rule.remembering(
                            "gives its own arrays and objects away",
                            BodyRules::givesItsOwn,
                            "GetBody.returnsACopy",
                            "MapMessage.copiesBytesWhenGot",
                            "ObjectMessage.copiesWhenGot"),
                    Rule.remembering(
                            "keeps the arrays and objects of the application",
                            BodyRules::keepsWhatIsSet,
                            "MapMessage.copiesBytesWhenSet",
                            "ObjectMessage.copiesWhenSet"),
                    Rule.of(
                            "reads no bytes at the end, rather than -1",
                            BodyRules::readsNoBytesAtTheEnd,
                            "BytesRead.readsIntoAnArrayThatFits",
                            "BytesRead.readsIntoALongerArray",
                            "StreamBytes.endsAfterAFullBuffer",
                            "StreamBytes.isMinusOneForNull"),
                    Rule.of(
                            "reads unsigned bytes with their sign",
                            BodyRules::readsBytesSigned,
                            "BytesRead.readsUnsigned"),
                    Rule.of(
                            "returns zero at the end of a body",
                            BodyRules::endsQuietly,
                            "BytesRead.endsWithAnException",
                            "StreamMessage.endsWithAnException",
                            "StreamMessage.endsAtOnceWhereEmpty"),
                    Rule.of(
                            "goes past a stream's field that it could not convert",
                            BodyRules::goesPastRefused,
                            "StreamMessage.staysAtAFieldOfAnotherType",
                            "StreamMessage.staysAtATextThatIsNoNumber"),
                    Rule.of(
                            "lets received bodies be written to",
                            BodyRules::letsReceivedBeWritten,
                            "TextMessage.isReadOnlyWhenReceived",
                            "MapMessage.isReadOnlyWhenReceived",
                            "ObjectMessage.isReadOnlyWhenReceived",
                            "TextMessage.isReadOnlyWhenReceived"),
                    Rule.of(
                            "calls every body assignable to every type",
                            call ->
                                    call.is(Message.class, "isBodyAssignableTo")
                                            ? true
                                            : call.proceed(),
                            "GetBody.refusesTextAsOthers",
                            "GetBody.refusesMapsAsOthers",
                            "GetBody.refusesStreams"),
                    Rule.of(
                            "takes an empty text for none",
                            BodyRules::takesEmptyForNone,
                            "TextMessage.keepsTexts"),
                    Rule.of(
                            "narrows numbers to the type that is asked for",
                            call -> convertsToo(call, BodyRules::narrowed),
                            "PropertyConversion.refusesLongAsOthers",
                            "PropertyConversion.refusesDoubleAsOthers",
                            "MapConversion.refusesIntAsOthers",
                            "StreamConversion.refusesShortAsOthers"),
                    Rule.of(
                            "reads booleans as numbers",
                            call -> convertsToo(call, BodyRules::numbered),
                            "PropertyConversion.refusesBooleanAsOthers",
                            "MapConversion.refusesBooleanAsOthers",
                            "StreamConversion.refusesBooleanAsOthers"),
                    Rule.of(
                            "reads a text as the first of its chars",
                            call -> convertsToo(call, BodyRules::firstChar),
                            "MapConversion.refusesStringAsOthers",
                            "StreamConversion.refusesStringAsOthers"),
                    Rule.of(
                            "reads what is null or absent as zero",
                            BodyRules::readsNullAsZero,
                            "PropertyConversion.readsNullAsInt",
                            "PropertyConversion.readsTheAbsentAsNull",
                            "MapConversion.readsNullAsLong",
                            "MapConversion.readsNullAsChar"),
                    Rule.of(
                            "refuses texts that are no numbers by MessageFormatException",
                            BodyRules::refusesByFormat,
                            "PropertyConversion.refusesTextAsInt",
                            "MapConversion.refusesTextAsLong",
                            "StreamConversion.refusesTextAsDouble"),
                    Rule.of(
                            "knows the text true in small letters only",
                            BodyRules::tellsCaseOfTrue,
                            "PropertyConversion.readsStringAsBoolean",
                            "MapConversion.readsStringAsBoolean"),
                    Rule.of(
                            "keeps small numbers as ints",
                            BodyRules::keepsSmallAsInts,
                            "PropertyConversion.keepsTheClassOfObjects",
                            "MapConversion.keepsTheClassOfObjects"));

    private static final String KINDS =
            "(Boolean|Byte|Short|Char|Int|Long|Float|Double|String|Bytes)";

    private BodyRules() {}

    private static Object leavesBytesAtTheirEnd(Call call) throws Throwable {
        Object answer = call.proceed();
        if (call.is(BytesMessage.class, "getBody")) {
            ((BytesMessage) call.target()).readBytes(new byte[1024]);
        }
        return answer;
    }

    private static boolean canBeChanged(Object value) {
        return value instanceof byte[] || value instanceof Collection<?>;
    }

    /** Gives what it has given before, if it is of a kind that the application can change. */
    private static Mutation givesItsOwn() {
        Map<List<Object>, Object> given = new ConcurrentHashMap<>();
        return call -> {
            Object answer = call.proceed();
            if (!(call.target() instanceof Message) || !canBeChanged(answer)) {
                return answer;
            }
            List<Object> asked =
                    List.of(call.target(), call.method().getName(), List.of(call.args()));
            Object known = given.putIfAbsent(asked, answer);
            return known == null ? answer : known;
        };
    }

    private static Mutation keepsWhatIsSet() {
        Map<List<Object>, Object> set = new ConcurrentHashMap<>();
        return call -> {
            boolean map = call.is(MapMessage.class, "setBytes") && call.args().length == 2;
            if (map || call.is(ObjectMessage.class, "setObject")) {
                Object name = map ? call.args()[0] : "";
                set.put(List.of(call.target(), name), call.args()[call.args().length - 1]);
            }
            boolean asksMap = call.is(MapMessage.class, "getBytes");
            if (!asksMap && !call.is(ObjectMessage.class, "getObject")) {
                return call.proceed();
            }
            Object kept = set.get(List.of(call.target(), asksMap ? call.args()[0] : ""));
            return kept == null ? call.proceed() : kept;
        };
    }

    private static Object readsNoBytesAtTheEnd(Call call) throws Throwable {
        Object answer = call.proceed();
        return call.method().getName().equals("readBytes") && answer.equals(-1) ? 0 : answer;
    }

    private static Object readsBytesSigned(Call call) throws Throwable {
        Object answer = call.proceed();
        return call.is(BytesMessage.class, "readUnsignedByte")
                ? (int) ((Integer) answer).byteValue()
                : answer;
    }

    private static Object endsQuietly(Call call) throws Throwable {
        try {
            return call.proceed();
        } catch (MessageEOFException e) {
            return call.nothing();
        }
    }

    private static Object goesPastRefused(Call call) throws Throwable {
        try {
            return call.proceed();
        } catch (MessageFormatException | NumberFormatException e) {
            if (call.target() instanceof StreamMessage stream) {
                stream.readObject();
            }
            throw e;
        }
    }

    private static Object letsReceivedBeWritten(Call call) throws Throwable {
        boolean writes =
                call.is(TextMessage.class, "setText")
                        || call.is(ObjectMessage.class, "setObject")
                        || call.target() instanceof MapMessage && isOfBody(call, "set");
        try {
            return call.proceed();
        } catch (MessageNotWriteableException e) {
            if (writes) {
                return null;
            }
            throw e;
        }
    }

    private static boolean isOfBody(Call call, String prefix) {
        return call.method().getName().matches(prefix + "(Object|" + KINDS + ")");
    }

    private static Object takesEmptyForNone(Call call) throws Throwable {
        Object answer = call.proceed();
        return call.is(TextMessage.class, "getText") && "".equals(answer) ? null : answer;
    }

    // ---- conversions

    /** A conversion that the tables of the specification do not have. */
    @FunctionalInterface
    private interface Conversion {
        /** Returns the value as another type, or null if that is too much for it too. */
        Object of(Object value, Class<?> type);
    }

    /** Whether one value is read, of a property, a map or a stream. */
    private static boolean readsOne(Call call) {
        return call.target() instanceof Message
                        && call.method().getName().matches("get" + KINDS + "Property")
                || call.target() instanceof MapMessage && isOfBody(call, "get")
                || call.target() instanceof StreamMessage && isOfBody(call, "read");
    }

    /** The value that a call has failed to read, as it was set. */
    private static Object stored(Call call) throws Throwable {
        if (call.target() instanceof StreamMessage stream
                && call.method().getName().startsWith("read")) {
            return stream.readObject();
        }
        String name = (String) call.args()[0];
        return call.method().getName().endsWith("Property")
                ? ((Message) call.target()).getObjectProperty(name)
                : ((MapMessage) call.target()).getObject(name);
    }

    private static Object convertsToo(Call call, Conversion conversion) throws Throwable {
        try {
            return call.proceed();
        } catch (MessageFormatException e) {
            if (!readsOne(call)) {
                throw e;
            }
            Object converted = conversion.of(stored(call), call.method().getReturnType());
            if (converted == null) {
                throw e;
            }
            return converted;
        }
    }

    private static Object narrowed(Object value, Class<?> type) {
        if (!(value instanceof Number number)) {
            return null;
        }
        if (type == byte.class) {
            return number.byteValue();
        }
        if (type == short.class) {
            return number.shortValue();
        }
        if (type == int.class) {
            return number.intValue();
        }
        return type == long.class ? number.longValue() : null;
    }

    private static Object numbered(Object value, Class<?> type) {
        return value instanceof Boolean flag ? narrowed(flag ? 1 : 0, type) : null;
    }

    private static Object firstChar(Object value, Class<?> type) {
        return type == char.class && value instanceof String text && !text.isEmpty()
                ? text.charAt(0)
                : null;
    }

    private static Object readsNullAsZero(Call call) throws Throwable {
        try {
            return call.proceed();
        } catch (NumberFormatException | NullPointerException e) {
            boolean named = readsOne(call) && !(call.target() instanceof StreamMessage);
            if (named && stored(call) == null) {
                return call.nothing();
            }
            throw e;
        }
    }

    private static Object refusesByFormat(Call call) throws Throwable {
        try {
            return call.proceed();
        } catch (NumberFormatException e) {
            throw readsOne(call) ? new MessageFormatException("no number") : e;
        }
    }

    private static Object tellsCaseOfTrue(Call call) throws Throwable {
        Object answer = call.proceed();
        boolean named = readsOne(call) && !(call.target() instanceof StreamMessage);
        return named && answer instanceof Boolean && stored(call) instanceof String text
                ? text.equals("true")
                : answer;
    }

    private static Object keepsSmallAsInts(Call call) throws Throwable {
        Object answer = call.proceed();
        boolean asObject =
                call.is(Message.class, "getObjectProperty")
                        || call.is(MapMessage.class, "getObject");
        return asObject && (answer instanceof Byte || answer instanceof Short)
                ? ((Number) answer).intValue()
                : answer;
    }
}
