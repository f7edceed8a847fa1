// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.conversion;

import jakarta.jms.JMSException;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Scene;

/** As which types a property can be read: table 3-2 and the rules around it. */
final class PropertyConversionChecks {
    private static Conversion on(Scene scene) throws JMSException {
        return new Conversion(scene, Medium.PROPERTY);
    }

    @Check(section = "3.5.4", says = "A boolean property can be read as boolean and String.")
    void readsBoolean(Scene scene) throws JMSException {
        on(scene).reads(true, false);
    }

    @Check(
            section = "3.5.4",
            says =
                    "Reading a boolean property as byte, short, int, long, float or double throws"
                            + " MessageFormatException.")
    void refusesBooleanAsOthers(Scene scene) throws JMSException {
        on(scene).refusesOthers(true);
    }

    @Check(
            section = "3.5.4",
            says = "A byte property can be read as byte, short, int, long and String.")
    void readsByte(Scene scene) throws JMSException {
        on(scene).reads(Byte.MIN_VALUE, (byte) 0, Byte.MAX_VALUE);
    }

    @Check(
            section = "3.5.4",
            says =
                    "Reading a byte property as boolean, float or double throws"
                            + " MessageFormatException.")
    void refusesByteAsOthers(Scene scene) throws JMSException {
        on(scene).refusesOthers((byte) 1);
    }

    @Check(section = "3.5.4", says = "A short property can be read as short, int, long and String.")
    void readsShort(Scene scene) throws JMSException {
        on(scene).reads(Short.MIN_VALUE, (short) -1, Short.MAX_VALUE);
    }

    @Check(
            section = "3.5.4",
            says =
                    "Reading a short property as boolean, byte, float or double throws"
                            + " MessageFormatException.")
    void refusesShortAsOthers(Scene scene) throws JMSException {
        on(scene).refusesOthers((short) 1);
    }

    @Check(section = "3.5.4", says = "An int property can be read as int, long and String.")
    void readsInt(Scene scene) throws JMSException {
        on(scene).reads(Integer.MIN_VALUE, 0, Integer.MAX_VALUE);
    }

    @Check(
            section = "3.5.4",
            says =
                    "Reading an int property as boolean, byte, short, float or double throws"
                            + " MessageFormatException.")
    void refusesIntAsOthers(Scene scene) throws JMSException {
        on(scene).refusesOthers(1);
    }

    @Check(section = "3.5.4", says = "A long property can be read as long and String.")
    void readsLong(Scene scene) throws JMSException {
        on(scene).reads(Long.MIN_VALUE, 0L, Long.MAX_VALUE);
    }

    @Check(
            section = "3.5.4",
            says =
                    "Reading a long property as boolean, byte, short, int, float or double throws"
                            + " MessageFormatException.")
    void refusesLongAsOthers(Scene scene) throws JMSException {
        on(scene).refusesOthers(1L);
    }

    @Check(section = "3.5.4", says = "A float property can be read as float, double and String.")
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
            section = "3.5.4",
            says =
                    "Reading a float property as boolean, byte, short, int or long throws"
                            + " MessageFormatException.")
    void refusesFloatAsOthers(Scene scene) throws JMSException {
        on(scene).refusesOthers(1f);
    }

    @Check(section = "3.5.4", says = "A double property can be read as double and String.")
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
            section = "3.5.4",
            says =
                    "Reading a double property as boolean, byte, short, int, long or float throws"
                            + " MessageFormatException.")
    void refusesDoubleAsOthers(Scene scene) throws JMSException {
        on(scene).refusesOthers(1.0);
    }

    @Check(section = "3.5.4", says = "A String property can be read as String, as it is.")
    void readsString(Scene scene) throws JMSException {
        on(scene).readsText("l\u00e9gende \ud83d\ude00", Kind.STRING);
    }

    @Check(
            section = "3.5.4",
            says = "A String property that is a number can be read as any numeric type.")
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
            section = "3.5.4",
            says =
                    "A String property read as boolean is true where it is \"true\" in any case,"
                            + " and false otherwise.")
    void readsStringAsBoolean(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        for (String text : new String[] {"true", "TRUE", "tRue", "false", "1", "yes", ""}) {
            conversion.readsText(text, Kind.BOOLEAN);
        }
    }

    @Check(
            section = "3.5.4",
            says =
                    "Reading a String property that is no byte as byte throws"
                            + " NumberFormatException.")
    void refusesTextAsByte(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        for (String text : new String[] {"", "x", "128"}) {
            conversion.refusesText(text, Kind.BYTE);
        }
    }

    @Check(
            section = "3.5.4",
            says =
                    "Reading a String property that is no short as short throws"
                            + " NumberFormatException.")
    void refusesTextAsShort(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        for (String text : new String[] {"", "x", "32768"}) {
            conversion.refusesText(text, Kind.SHORT);
        }
    }

    @Check(
            section = "3.5.4",
            says = "Reading a String property that is no int as int throws NumberFormatException.")
    void refusesTextAsInt(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        for (String text : new String[] {"", "x", "2147483648"}) {
            conversion.refusesText(text, Kind.INT);
        }
    }

    @Check(
            section = "3.5.4",
            says =
                    "Reading a String property that is no long as long throws"
                            + " NumberFormatException.")
    void refusesTextAsLong(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        for (String text : new String[] {"", "x", "9223372036854775808"}) {
            conversion.refusesText(text, Kind.LONG);
        }
    }

    @Check(
            section = "3.5.4",
            says =
                    "Reading a String property that is no float as float throws"
                            + " NumberFormatException.")
    void refusesTextAsFloat(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        for (String text : new String[] {"", "x", "1,5"}) {
            conversion.refusesText(text, Kind.FLOAT);
        }
    }

    @Check(
            section = "3.5.4",
            says =
                    "Reading a String property that is no double as double throws"
                            + " NumberFormatException.")
    void refusesTextAsDouble(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        for (String text : new String[] {"", "x", "one"}) {
            conversion.refusesText(text, Kind.DOUBLE);
        }
    }

    @Check(section = "3.5.4", says = "Reading a null property as boolean gives false.")
    void readsNullAsBoolean(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        conversion.readsNull(conversion.nullText(), Kind.BOOLEAN);
        conversion.readsNull(conversion.nullObject(), Kind.BOOLEAN);
    }

    @Check(
            section = "3.5.4",
            says = "Reading a null property as byte throws NumberFormatException.")
    void readsNullAsByte(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        conversion.readsNull(conversion.nullText(), Kind.BYTE);
        conversion.readsNull(conversion.nullObject(), Kind.BYTE);
    }

    @Check(
            section = "3.5.4",
            says = "Reading a null property as short throws NumberFormatException.")
    void readsNullAsShort(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        conversion.readsNull(conversion.nullText(), Kind.SHORT);
        conversion.readsNull(conversion.nullObject(), Kind.SHORT);
    }

    @Check(section = "3.5.4", says = "Reading a null property as int throws NumberFormatException.")
    void readsNullAsInt(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        conversion.readsNull(conversion.nullText(), Kind.INT);
        conversion.readsNull(conversion.nullObject(), Kind.INT);
    }

    @Check(
            section = "3.5.4",
            says = "Reading a null property as long throws NumberFormatException.")
    void readsNullAsLong(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        conversion.readsNull(conversion.nullText(), Kind.LONG);
        conversion.readsNull(conversion.nullObject(), Kind.LONG);
    }

    @Check(
            section = "3.5.4",
            says =
                    "Reading a null property as float throws NullPointerException, as"
                            + " Float.valueOf does.")
    void readsNullAsFloat(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        conversion.readsNull(conversion.nullText(), Kind.FLOAT);
        conversion.readsNull(conversion.nullObject(), Kind.FLOAT);
    }

    @Check(
            section = "3.5.4",
            says =
                    "Reading a null property as double throws NullPointerException, as"
                            + " Double.valueOf does.")
    void readsNullAsDouble(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        conversion.readsNull(conversion.nullText(), Kind.DOUBLE);
        conversion.readsNull(conversion.nullObject(), Kind.DOUBLE);
    }

    @Check(section = "3.5.4", says = "Reading a null property as String gives null.")
    void readsNullAsString(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        conversion.readsNull(conversion.nullText(), Kind.STRING);
        conversion.readsNull(conversion.nullObject(), Kind.STRING);
    }

    @Check(
            section = "3.5.5",
            says =
                    "A property set by the method for its type or as an object is read as an object"
                            + " of the same class.")
    void keepsTheClassOfObjects(Scene scene) throws JMSException {
        on(scene)
                .keepsClass(
                        true,
                        (byte) -8,
                        (short) -300,
                        70_000,
                        -5_000_000_000L,
                        1.5f,
                        -2.25,
                        "text");
    }

    @Check(section = "3.5.8", says = "A property that was never set is read as null.")
    void readsTheAbsentAsNull(Scene scene) throws JMSException {
        Conversion conversion = on(scene);
        for (Kind kind : Medium.PROPERTY.kinds()) {
            conversion.readsNull(conversion.trip().session().createMessage(), kind);
        }
    }

    @Check(
            section = "3.5.5",
            says =
                    "A property set as an object is converted as one set by the method for its"
                            + " type.")
    void convertsObjects(Scene scene) throws JMSException {
        on(scene).readsObjects(true, (byte) 1, (short) 2, 3, 4L, 5.5f, -6.25, "7");
    }
}
