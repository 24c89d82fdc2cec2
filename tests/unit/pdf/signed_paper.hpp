#pragma once

#include "tests/unit/pdf/made_pdf.hpp"

namespace sohoa {

/// A paper of two pages with a form field, and what signers add to it, object by object, so that a test can do a little
/// more or else.
struct SignedPaper {
  MadeObjects base = {
      {1, "<</Type/Catalog/Pages 2 0 R/Metadata 9 0 R/AcroForm 10 0 R>>"},
      {2, "<</Type/Pages/Count 2/Kids[3 0 R 5 0 R]>>"},
      {3,
       "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 7 0 R>>/XObject<</S 21 0 R>>>>"
       "/Contents 4 0 R/Annots[20 0 R 22 0 R]>>"},
      {4, made_stream("", "BT /F 12 Tf 72 700 Td (Pay 100) Tj ET /S Do")},
      {5, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 7 0 R>>>>/Contents 6 0 R>>"},
      {6, made_stream("", "BT /F 12 Tf 72 700 Td (Page two) Tj ET")},
      {7, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"},
      {8, "<</Title(Paper)/ModDate(D:20261122221503+07'00')>>"},
      {9, made_stream("/Type/Metadata/Subtype/XML", "<x/>")},
      {10, "<</Fields[20 0 R]/DA(/Helv 0 Tf)/DR<</Font<</Helv 7 0 R>>>>>>"},
      {20, "<</Type/Annot/Subtype/Widget/FT/Tx/T(amount)/V(100)/Rect[72 600 200 620]/P 3 0 R/F 4/AP<</N 23 0 R>>>>"},
      {21, made_stream("/Type/XObject/Subtype/Form/BBox[0 0 100 100]", "0 0 100 100 re f")},
      {22, "<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/F 4/Contents(A note)>>"},
      {23, made_stream("/Type/XObject/Subtype/Form/BBox[0 0 128 20]", "BT /Helv 12 Tf (100) Tj ET")},
      // Prepared and referred to by nothing: what shadow attacks hide before signing.
      {24, made_stream("", "BT /F 12 Tf 72 700 Td (Pay 999) Tj ET")},
      {25, "<</Type/Font/Subtype/Type1/BaseFont/Courier>>"},
  };
  std::string trailer =
      "/Root 1 0 R/Info 8 0 R/ID[<00112233445566778899AABBCCDDEEFF><00112233445566778899AABBCCDDEEFF>]";

  /// What the first signature adds.
  MadeObjects first = {
      {3,
       "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 7 0 R>>/XObject<</S 21 0 R>>>>"
       "/Contents 4 0 R/Annots[20 0 R 22 0 R 30 0 R]>>"},
      {10, "<</Fields[20 0 R 30 0 R]/SigFlags 3/DA(/Helv 0 Tf)/DR<</Font<</Helv 7 0 R>>>>>>"},
      {30,
       "<</Type/Annot/Subtype/Widget/FT/Sig/T(first)/V 31 0 R/Rect[300 600 500 700]/P 3 0 R/F 132/AP<</N 32 0 R>>>>"},
      {31, made_signature("/Name(An)/Reason(<FEFF004B00FD>)/Location(Hanoi)")},
      {32, made_stream("/Type/XObject/Subtype/Form/BBox[0 0 200 100]", "0 0 200 100 re S")},
  };
  MadeObjects second = {
      {3,
       "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 7 0 R>>/XObject<</S 21 0 R>>>>"
       "/Contents 4 0 R/Annots[20 0 R 22 0 R 30 0 R 40 0 R]>>"},
      {10, "<</Fields[20 0 R 30 0 R 40 0 R]/SigFlags 3/DA(/Helv 0 Tf)/DR<</Font<</Helv 7 0 R/New 43 0 R>>>>>>"},
      {40,
       "<</Type/Annot/Subtype/Widget/FT/Sig/T(second)/V 41 0 R/Rect[300 400 500 500]/P 3 0 R/F 132/AP<</N 42 0 R>>>>"},
      {41, made_signature()},
      {42, made_stream("/Type/XObject/Subtype/Form/BBox[0 0 200 100]", "0 0 200 100 re S")},
      {43, "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>"},
  };
  MadeObjects validation = {
      {1,
       "<</Type/Catalog/Pages 2 0 R/Metadata 9 0 R/AcroForm 10 0 R/DSS 50 0 R/Extensions<</ESIC<</BaseVersion/1.7"
       "/ExtensionLevel 2>>>>>>"},
      {50, "<</Type/DSS/Certs[51 0 R]/OCSPs[52 0 R]/CRLs[53 0 R]/VRI<</AB<</Cert[51 0 R 54 0 R]>>>>>>"},
      {51, made_stream("", "one")},
      {52, made_stream("", "two")},
      {53, made_stream("", "three")},
      {54, made_stream("", "four")},
  };
  MadeObjects timestamp = {
      {10, "<</Fields[20 0 R 30 0 R 40 0 R 60 0 R]/SigFlags 3/DA(/Helv 0 Tf)/DR<</Font<</Helv 7 0 R/New 43 0 R>>>>>>"},
      {60, "<</Type/Annot/Subtype/Widget/FT/Sig/T(time)/V 61 0 R/Rect[0 0 0 0]/P 3 0 R/F 132>>"},
      {61,
       "<</Type/DocTimeStamp/Filter/Adobe.PPKLite/SubFilter/ETSI.RFC3161/ByteRange [0 0000000000 0000000000 0000000000]"
       "/Contents " +
           made_cms() + ">>"},
      {3,
       "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 7 0 R>>/XObject<</S 21 0 R>>>>"
       "/Contents 4 0 R/Annots[20 0 R 22 0 R 30 0 R 40 0 R 60 0 R]>>"},
  };

  [[nodiscard]] MadePdf unsigned_pdf() const { return MadePdf().revision(base, trailer); }
  [[nodiscard]] MadePdf signed_once() const { return unsigned_pdf().revision(first, trailer).close_signature(); }
  [[nodiscard]] MadePdf signed_twice() const { return signed_once().revision(second, trailer).close_signature(); }
  [[nodiscard]] MadePdf long_term() const {
    return signed_twice().revision(validation, trailer).revision(timestamp, trailer).close_signature();
  }
};

}  // namespace sohoa
