import java.io.File;
import org.apache.pdfbox.preflight.PreflightDocument;
import org.apache.pdfbox.preflight.ValidationResult;
import org.apache.pdfbox.preflight.parser.PreflightParser;

/**
 * Prints what PDFBox's PDF/A-1b validator holds against each file, one error a line: "FILE CODE DETAILS". PDF/A-2b differs
 * from 1b mostly by allowing more, so a sound 2b file of scans is expected to fail for its stated part alone.
 */
public class Preflight {
  public static void main(String[] files) throws Exception {
    for (String file : files) {
      PreflightParser parser = new PreflightParser(new File(file));
      parser.parse();
      try (PreflightDocument document = parser.getPreflightDocument()) {
        document.validate();
        ValidationResult result = document.getResult();
        for (ValidationResult.ValidationError error : result.getErrorsList()) {
          System.out.println(file + " " + error.getErrorCode() + " " + error.getDetails());
        }
      }
      System.out.println(file + " checked");
    }
  }
}
