// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.conversion;

import jakarta.jms.JMSException;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Scene;

/** As which types a map's entry can be read: table 3-7 and the rules around it. */
final class MapConversionChecks {
    private static Conversion on(Scene scene) throws JMSException {
        return new Conversion(scene, Medium.MAP);
    }

    @Check(section = "3.11.3", says = "A boolean map entry can be read as boolean and String.")
    void readsBoolean(Scene scene) throws JMSException {
        on(scene).reads(true, false);
    }

    @Check(
            section = "3.11.3",
            says =
                    "Reading a boolean map entry as byte, short, char, int, long, float, double"
                            + " or byte[] throws MessageFormatException.")
    void refusesBooleanAsOthers(Scene scene) throws JMSException {
        on(scene).refusesOthers(true);
    }

    @Check(
            section = "3.11.3",
            says = "A byte map entry can be read as byte, short, int, long and String.")
    void readsByte(Scene scene) throws JMSException {
        on(scene).reads(Byte.MIN_VALUE, (byte) 0, Byte.MAX_VALUE);
    }

    @Check(
            section = "3.11.3",
            says =
                    "Reading a byte map entry as boolean, char, float, double or byte[] throws"
                            + " MessageFormatException.")
    void refusesByteAsOthers(Scene scene) throws JMSException {
        on(scene).refusesOthers((byte) 1);
    }

    @Check(
            section = "3.11.3",
            says = "A short map entry can be read as short, int, long and String.")
    void readsShort(Scene scene) throws JMSException {
        on(scene).reads(Short.MIN_VALUE, (short) -1, Short.MAX_VALUE);
    }

    @Check(
            section = "3.11.3",
            says =
                    "Reading a short map entry as boolean, byte, char, float, double or byte[]"
                            + " throws MessageFormatException.")
    void refusesShortAsOthers(Scene scene) throws JMSException {
        on(scene).refusesOthers((short) 1);
    }

    @Check(section = "3.11.3", says = "A char map entry can be read as char and String.")
    void readsChar(Scene scene) throws JMSException {
        on(scene).reads('x', '\u20ac', '\ud800');
    }

    @Check(
            section = "3.11.3",
            says =
                    "Reading a char map entry as boolean, byte, short, int, long, float, double"
                            + " or byte[] throws MessageFormatException.")
    void refusesCharAsOthers(Scene scene) throws JMSException {
        on(scene).refusesOthers('1');
    }

    @Check(section = "3.11.3", says = "An int map entry can be read as int, long and String.")
    void readsInt(Scene scene) throws JMSException {
        on(scene).reads(Integer.MIN_VALUE, 0, Integer.MAX_VALUE);
    }

    @Check(
            section = "3.11.3",
            says =
                    "Reading an int map entry as boolean, byte, short, char, float, double or"
                            + " byte[] throws MessageFormatException.")
    void refusesIntAsOthers(Scene scene) throws JMSException {
        on(scene).refusesOthers(1);
    }

    @Check(section = "3.11.3", says = "A long map entry can be read as long and String.")
    void readsLong(Scene scene) throws JMSException {
        on(scene).reads(Long.MIN_VALUE, 0L, Long.MAX_VALUE);
    }

    @Check(
            section = "3.11.3",
            says =
                    "Reading a long map entry as boolean, byte, short, char, int, float, double"
                            + " or byte[] throws MessageFormatException.")
    void refusesLongAsOthers(Scene scene) throws JMSException {
        on(scene).refusesOthers(1L);
    }

    @Check(section = "3.11.3", says = "A float map entry can be read as float, double and String.")
    void readsFloat(Scene scene) throws JMSException {
        on(scene)
                .reads(
                        -1.5f,
                        0f,
                        Float.MAX_VALUE,
                        Float.MIN_VALUE,
                        Float.NEGATIVE_INFINITY,
                        Float.NaN);
    }

    @Check(
            section = "3.11.3",
            says =
                    "Reading a float map entry as boolean, byte, short, char, int, long or byte[]"
                            + " throws MessageFormatException.")
    void refusesFloatAsOthers(Scene scene) throws JMSException {
        on(scene).refusesOthers(1f);
    }

    @Check(section = "3.11.3", says = "A double map entry can be read as double and String.")
    void readsDouble(Scene scene) throws JMSException {
        on(scene)
                .reads(
                        -1.5,
                        0.0,
                        Double.MAX_VALUE,
                        Double.MIN_VALUE,
                        Double.POSITIVE_INFINITY,
                        Double.NaN);
    }

    @Check(
            section = "3.11.3",
            says =
                    "Reading a double map entry as boolean, byte, short, char, int, long, float"
                            + " or byte[] throws MessageFormatException.")
    void refusesDoubleAsOthers(Scene scene) throws JMSException {
        on(scene).refusesOthers(1.0);
    }

    @Check(section = "3.11.3", says = "A byte[] map entry can be read as byte[].")
    void readsBytes(Scene scene) throws JMSException {
        on(scene).reads(new byte[] {1, 0, -1}, new byte[0]);
    }

    @Check(
            section = "3.11.3",
            says =
                    "Reading a byte[] map entry as boolean, byte, short, char, int, long, float,"
                            + " double or String throws MessageFormatException.")
    void refusesBytesAsOthers(Scene scene) throws JMSException {
        on(scene).refusesOthers(new byte[] {1});
    }

    @Check(section = "3.11.3", says = "A String map entry can be read as String, as it is.")
    void readsString(Scene scene) throws JMSException {
        on(scene).readsText("l\u00e9gende \ud83d\ude00", Kind.STRING);
    }

    @Check(
            section = "3.11.3",
            says = "A String map entry that is a number can be read as any numeric type.")
    void readsStringAsNumbers(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        for (Kind kind : Kind.NUMBERS) {
            conversion.readsText("-7", kind);
        }
        conversion.readsText("-9223372036854775808", Kind.LONG);
        conversion.readsText("1.5e3", Kind.FLOAT);
        conversion.readsText("1.5e300", Kind.DOUBLE);
    }

    @Check(
            section = "3.11.3",
            says =
                    "A String map entry read as boolean is true where it is \"true\" in any case,"
                            + " and false otherwise.")
    void readsStringAsBoolean(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        for (String text : new String[] {"true", "TRUE", "tRue", "false", "1", "yes", ""}) {
            conversion.readsText(text, Kind.BOOLEAN);
        }
    }

    @Check(
            section = "3.11.3",
            says = "Reading a String map entry as char or byte[] throws MessageFormatException.")
    void refusesStringAsOthers(Scene scene) throws JMSException {
        on(scene).refusesOthers("1");
    }

    @Check(
            section = "3.11.3",
            says =
                    "Reading a String map entry that is no byte as byte throws"
                            + " NumberFormatException.")
    void refusesTextAsByte(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        for (String text : new String[] {"", "x", "128"}) {
            conversion.refusesText(text, Kind.BYTE);
        }
    }

    @Check(
            section = "3.11.3",
            says =
                    "Reading a String map entry that is no short as short throws"
                            + " NumberFormatException.")
    void refusesTextAsShort(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        for (String text : new String[] {"", "x", "32768"}) {
            conversion.refusesText(text, Kind.SHORT);
        }
    }

    @Check(
            section = "3.11.3",
            says =
                    "Reading a String map entry that is no int as int throws"
                            + " NumberFormatException.")
    void refusesTextAsInt(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        for (String text : new String[] {"", "x", "2147483648"}) {
            conversion.refusesText(text, Kind.INT);
        }
    }

    @Check(
            section = "3.11.3",
            says =
                    "Reading a String map entry that is no long as long throws"
                            + " NumberFormatException.")
    void refusesTextAsLong(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        for (String text : new String[] {"", "x", "9223372036854775808"}) {
            conversion.refusesText(text, Kind.LONG);
        }
    }

    @Check(
            section = "3.11.3",
            says =
                    "Reading a String map entry that is no float as float throws"
                            + " NumberFormatException.")
    void refusesTextAsFloat(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        for (String text : new String[] {"", "x", "1,5"}) {
            conversion.refusesText(text, Kind.FLOAT);
        }
    }

    @Check(
            section = "3.11.3",
            says =
                    "Reading a String map entry that is no double as double throws"
                            + " NumberFormatException.")
    void refusesTextAsDouble(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        for (String text : new String[] {"", "x", "one"}) {
            conversion.refusesText(text, Kind.DOUBLE);
        }
    }

    @Check(section = "3.11.3", says = "Reading a null map entry as boolean gives false.")
    void readsNullAsBoolean(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        conversion.readsNull(conversion.nullText(), Kind.BOOLEAN);
        conversion.readsNull(conversion.nullObject(), Kind.BOOLEAN);
    }

    @Check(
            section = "3.11.3",
            says = "Reading a null map entry as byte throws NumberFormatException.")
    void readsNullAsByte(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        conversion.readsNull(conversion.nullText(), Kind.BYTE);
        conversion.readsNull(conversion.nullObject(), Kind.BYTE);
    }

    @Check(
            section = "3.11.3",
            says = "Reading a null map entry as short throws NumberFormatException.")
    void readsNullAsShort(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        conversion.readsNull(conversion.nullText(), Kind.SHORT);
        conversion.readsNull(conversion.nullObject(), Kind.SHORT);
    }

    @Check(
            section = "3.11.3",
            says = "Reading a null map entry as char throws NullPointerException.")
    void readsNullAsChar(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        conversion.readsNull(conversion.nullText(), Kind.CHAR);
        conversion.readsNull(conversion.nullObject(), Kind.CHAR);
    }

    @Check(
            section = "3.11.3",
            says = "Reading a null map entry as int throws NumberFormatException.")
    void readsNullAsInt(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        conversion.readsNull(conversion.nullText(), Kind.INT);
        conversion.readsNull(conversion.nullObject(), Kind.INT);
    }

    @Check(
            section = "3.11.3",
            says = "Reading a null map entry as long throws NumberFormatException.")
    void readsNullAsLong(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        conversion.readsNull(conversion.nullText(), Kind.LONG);
        conversion.readsNull(conversion.nullObject(), Kind.LONG);
    }

    @Check(
            section = "3.11.3",
            says =
                    "Reading a null map entry as float throws NullPointerException, as"
                            + " Float.valueOf does.")
    void readsNullAsFloat(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        conversion.readsNull(conversion.nullText(), Kind.FLOAT);
        conversion.readsNull(conversion.nullObject(), Kind.FLOAT);
    }

    @Check(
            section = "3.11.3",
            says =
                    "Reading a null map entry as double throws NullPointerException, as"
                            + " Double.valueOf does.")
    void readsNullAsDouble(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        conversion.readsNull(conversion.nullText(), Kind.DOUBLE);
        conversion.readsNull(conversion.nullObject(), Kind.DOUBLE);
    }

    @Check(section = "3.11.3", says = "Reading a null map entry as String gives null.")
    void readsNullAsString(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        conversion.readsNull(conversion.nullText(), Kind.STRING);
        conversion.readsNull(conversion.nullObject(), Kind.STRING);
    }

    @Check(section = "3.11.3", says = "Reading a null byte[] map entry as byte[] gives null.")
    void readsNullAsBytes(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        conversion.readsNull(conversion.nullBytes(), Kind.BYTES);
    }

    @Check(
            section = "3.11.3",
            says =
                    "A map entry set by the method for its type or as an object is read as an"
                            + " object of the same class.")
    void keepsTheClassOfObjects(Scene scene) throws JMSException {
        on(scene)
                .keepsClass(
                        true,
                        (byte) -8,
                        (short) -300,
                        'x',
                        70_000,
                        -5_000_000_000L,
                        1.5f,
                        -2.25,
                        "text",
                        new byte[] {1, 2});
    }

    @Check(section = "3.11.3", says = "A map entry that was never set is read as null.")
    void readsTheAbsentAsNull(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        for (Kind kind : Medium.MAP.kinds()) {
            conversion.readsNull(conversion.trip().session().createMapMessage(), kind);
        }
    }

    @Check(
            section = "3.11.3",
            says =
                    "A map entry set as an object is converted as one set by the method for its"
                            + " type.")
    void convertsObjects(Scene scene) throws JMSException {
        on(scene)
                .readsObjects(
                        true, (byte) 1, (short) 2, 3, 4L, 5.5f, -6.25, "7", 'x', new byte[] {1});
    }
}
