"""The commands. Each prints what it did; with --json one summary on stdout and everything else on stderr."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from planreview.errors import PlanReviewError
from planreview.project import Project
from planreview.usage import Application

app = Application(
    help="""Từ biểu mẫu các đơn vị gửi đến báo cáo đánh giá kế hoạch 5 năm.

    Thứ tự thường dùng: start (một lần), forms, receive, clean, status, feedback, report. Xem một lệnh: planreview
    LỆNH --help.
    """
)

Raw = Annotated[
    Path | None, typer.Option("--raw", metavar="THƯ_MỤC", help="Thư mục số liệu nhận về (mặc định data/raw).")
]
Processed = Annotated[
    Path | None, typer.Option("--processed", metavar="THƯ_MỤC", help="Thư mục bảng đã xử lý (mặc định data/processed).")
]
Reference = Annotated[
    Path | None, typer.Option("--reference", metavar="THƯ_MỤC", help="Thư mục danh mục (mặc định data/reference).")
]
Reports = Annotated[
    Path | None, typer.Option("--reports", metavar="THƯ_MỤC", help="Thư mục báo cáo (mặc định reports).")
]
Units = Annotated[
    list[str] | None, typer.Option("--unit", metavar="MÃ", help="Chỉ đơn vị này (mã; ghi nhiều lần nếu cần).")
]
Jobs = Annotated[
    int,
    typer.Option("--jobs", min=1, metavar="SỐ", show_default=False, help="Số tiến trình chạy song song (mặc định 1)."),
]
Json = Annotated[bool, typer.Option("--json", help="In bản tóm tắt JSON cho chương trình khác đọc.")]


_STOPPED = 130  # what shells expect after Ctrl-C


def say(text: str) -> None:
    print(text, file=sys.stderr)


class _Progress:
    """A bar on a terminal, a line per step elsewhere."""

    def __init__(self, title: str) -> None:
        self._bar = None
        if sys.stderr.isatty():
            columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task(title, total=None)

    def __enter__(self) -> Callable[[str], None]:
        if self._bar is not None:
            self._bar.start()
        return self.step

    def __exit__(self, *_) -> None:
        if self._bar is not None:
            self._bar.stop()

    def step(self, what: str) -> None:
        if self._bar is not None:
            self._bar.update(self._task, advance=1, description=what)
        else:
            say(f"  {what}")


@app.command(short_help="Đọc các tệp đơn vị đã gửi thành bảng số liệu.")
def clean(
    raw: Raw = None,
    processed: Processed = None,
    reference: Reference = None,
    rounds: Annotated[
        list[str] | None, typer.Option("--round", metavar="ĐỢT", help="Chỉ đợt này (ghi nhiều lần nếu cần).")
    ] = None,
    units: Units = None,
    jobs: Jobs = 1,
    strict: Annotated[bool, typer.Option("--strict", help="Coi lỗi trong số liệu là thất bại (mã thoát 1).")] = False,
    as_json: Json = False,
) -> None:
    """Đọc các tệp đơn vị gửi, ghi các bảng ở data/processed, số chọn dùng và kết quả đánh giá.

    Ví dụ:

      planreview clean

      planreview clean --unit 14 --round 2020-11
    """
    from planreview.pipeline import clean as run

    project = Project.find(raw=raw, processed=processed, reference=reference)
    with _Progress("Đọc số liệu") as step:
        done = run(project, units=units, rounds=rounds, jobs=jobs, progress=step)
    totals = {name: sum(c[name] for c in done.counts.values()) for name in ("files", "values", "errors", "warnings")}
    for note in done.notes:
        say(f"Lưu ý: {note}")
    for unit, failure in done.failures.items():
        say(f"Lỗi chương trình khi đọc đơn vị {unit}: {failure}")
    say("Đã đọc {files} tệp, {values} số liệu; {errors} lỗi và {warnings} cảnh báo cần xem".format(**totals))
    if totals["errors"] or totals["warnings"]:
        say("Xem từng vấn đề: planreview report --notebook 01. Trả lại đơn vị để sửa: planreview feedback.")
    if as_json:
        parts = [{"round": r, "unit_code": u, **c} for (r, u), c in done.counts.items()]
        summary = {"command": "clean", **totals, "parts": parts, "notes": done.notes, "failures": done.failures}
        print(json.dumps(summary, ensure_ascii=False))
    if done.failures or (strict and (totals["errors"] or done.notes)):
        raise typer.Exit(1)


@app.command(short_help="Làm biểu trống để gửi cho các đơn vị.")
def forms(
    round_code: Annotated[
        str | None,
        typer.Option("--round", metavar="ĐỢT", help="Đợt gửi biểu (mặc định: đợt sắp đến hạn).", show_default=False),
    ] = None,
    units: Units = None,
    prefill_from: Annotated[
        str | None, typer.Option("--prefill-from", metavar="ĐỢT", help="Điền sẵn số chính đơn vị đã gửi trong đợt này.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="THƯ_MỤC", help="Thư mục ghi biểu (mặc định reports/bieu-mau).")
    ] = None,
    raw: Raw = None,
    processed: Processed = None,
    reference: Reference = None,
    as_json: Json = False,
) -> None:
    """Làm biểu trống Phụ lục I, II, III cho từng đơn vị, sẵn sàng gửi đi; không ghi đè biểu đã có người điền.

    Ví dụ:

      planreview forms --round 2020-11

      planreview forms --round 2020-11 --unit 119 --prefill-from 2020-06
    """
    from planreview.forms import make_forms

    project = Project.find(raw=raw, processed=processed, reference=reference)
    with _Progress("Làm biểu") as step:
        done = make_forms(
            project, round_code=round_code, units=units, prefill_from=prefill_from, out=out, progress=step
        )
    for note in done.notes:
        say(f"Lưu ý: {note}")
    say(f"Đợt {done.round}: đã làm {len(done.files)} biểu ở {done.out / done.round}")
    if as_json:
        files, kept = ([str(path) for path in paths] for paths in (done.files, done.kept))
        summary = {"command": "forms", "round": done.round, "files": files, "kept": kept, "notes": done.notes}
        print(json.dumps(summary, ensure_ascii=False))


@app.command(short_help="Trả lại từng đơn vị tệp đã gửi, ô cần xem lại được tô màu.")
def feedback(
    rounds: Annotated[
        list[str] | None, typer.Option("--round", metavar="ĐỢT", help="Chỉ đợt này (mặc định: mọi đợt có tệp gửi).")
    ] = None,
    units: Units = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="THƯ_MỤC", help="Thư mục ghi tệp (mặc định reports/phan-hoi).")
    ] = None,
    raw: Raw = None,
    processed: Processed = None,
    reference: Reference = None,
    as_json: Json = False,
) -> None:
    """Trả lại cho đơn vị chính tệp đã gửi: ô cần xem lại được tô màu, ghi chú; kèm phiếu xác nhận số liệu đã đọc.

    Ví dụ:

      planreview feedback --round 2020-11

      planreview feedback --round 2020-11 --unit 119 --out gui-di
    """
    from planreview.feedback import make_feedback

    project = Project.find(raw=raw, processed=processed, reference=reference)
    with _Progress("Làm phản hồi") as step:
        done = make_feedback(project, rounds=rounds, units=units, out=out, progress=step)
    for note in done.notes():
        say(f"Lưu ý: {note}")
    for file, failure in done.failures.items():
        say(f"Không làm được phản hồi cho {file}: {failure}")
    say(f"Đã làm {len(done.files)} tệp phản hồi ở {done.out}")
    if as_json:
        print(json.dumps({"command": "feedback", **done.summary()}, ensure_ascii=False))
    if done.failures:
        raise typer.Exit(1)


@app.command(short_help="Làm các trang báo cáo, kèm tệp Word và PDF.")
def report(
    cycle: Annotated[
        str | None, typer.Option("--cycle", metavar="CHU_KỲ", help="Chu kỳ (mặc định: tệp có default = true).")
    ] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="ĐỢT", help="Chỉ biết số liệu đến đợt này.")] = None,
    units: Units = None,
    notebooks: Annotated[
        list[str] | None, typer.Option("--notebook", metavar="SỐ", help="Chỉ sổ tay này: 03 hoặc tên đầy đủ.")
    ] = None,
    jobs: Jobs = 1,
    force: Annotated[bool, typer.Option("--force", help="Làm lại cả báo cáo còn mới.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ nói báo cáo nào sẽ làm và vì sao.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Đối chiếu mọi số với bảng số liệu; có số sai là thất bại (mã thoát 1).")
    ] = False,
    raw: Raw = None,
    processed: Processed = None,
    reference: Reference = None,
    reports: Reports = None,
    as_json: Json = False,
) -> None:
    """Chạy các sổ tay cho từng đơn vị và làm các trang báo cáo ở thư mục reports; báo cáo còn mới thì để nguyên.

    Ví dụ:

      planreview report --jobs 2

      planreview report --cycle 2021-2030 --dry-run

      planreview report --unit 14 --notebook 03
    """
    from planreview.batch.reports import run_reports

    project = Project.find(raw=raw, processed=processed, reference=reference, reports=reports)
    with _Progress("Làm báo cáo") as step:
        done = run_reports(
            project,
            cycle=cycle,
            as_of=as_of,
            units=units,
            notebooks=notebooks,
            jobs=jobs,
            force=force,
            dry_run=dry_run,
            strict=strict,
            progress=step,
        )
    for note in done.notes:
        say(f"Lưu ý: {note}")
    for fault in done.faults:
        say(f"Cần sửa: {fault}")
    for failed in done.failed:
        say(f"Không làm được {failed.job.stem} của {failed.job.unit}: {failed.reason}")
    if dry_run:
        for job, reason in done.due.items():
            say(f"Sẽ làm {job.stem} của {job.unit}: {reason}")
        say(f"Chu kỳ {done.cycle}: sẽ làm {len(done.due)} báo cáo; {len(done.current)} còn mới")
    else:
        say(
            f"Chu kỳ {done.cycle}: đã làm {len(done.made)} báo cáo, {len(done.current)} còn mới, "
            f"{len(done.failed)} không làm được. Mở: {done.index}"
        )
    if as_json:
        summary = {
            "command": "report",
            "cycle": done.cycle,
            "as_of": done.as_of,
            "dry_run": dry_run,
            "due": [{"unit_code": j.unit, "notebook": j.stem, "reason": why} for j, why in done.due.items()],
            "current": [{"unit_code": j.unit, "notebook": j.stem} for j in done.current],
            "made": [str(page) for page in done.made],
            "failed": [{"unit_code": o.job.unit, "notebook": o.job.stem, "reason": o.reason} for o in done.failed],
            "notes": done.notes,
            "faults": done.faults,
            "index": str(done.index),
        }
        print(json.dumps(summary, ensure_ascii=False))
    if done.failed or (strict and done.faults):
        raise typer.Exit(1)


@app.command(short_help="Cất ví dụ mô phỏng để làm việc với số liệu của mình.")
def start(
    raw: Raw = None,
    processed: Processed = None,
    reference: Reference = None,
    reports: Reports = None,
    as_json: Json = False,
) -> None:
    """Cất ví dụ mô phỏng kèm theo phần mềm để làm việc với số liệu của mình; số liệu công bố còn nguyên.

    Chỉ cất những tệp chưa ai sửa, vào thư mục data/set-aside; không xóa tệp nào. Chạy lại lần nữa thì không có gì phải
    làm.

    Ví dụ:

      planreview start

      planreview start --json
    """
    from planreview.batch.start import start as run

    project = Project.find(raw=raw, processed=processed, reference=reference, reports=reports)
    with _Progress("Cất ví dụ") as step:
        done = run(project, progress=step)
    for line in done.lines():
        say(line)
    if as_json:
        print(json.dumps({"command": "start", **vars(done), "folder": str(done.folder)}, ensure_ascii=False))


@app.command(short_help="Mở JupyterLab ở thư mục sổ tay.")
def lab() -> None:
    """Mở JupyterLab ở thư mục sổ tay của dự án.

    Ví dụ:

      planreview lab
    """
    project = Project.find()
    notebooks = "--LabApp.default_url=/lab/tree/notebooks"
    raise typer.Exit(subprocess.call([sys.executable, "-m", "jupyterlab", notebooks], cwd=project.root))


@app.command(short_help="Nhận tệp, thư .eml, .zip vào data/raw.")
def receive(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="TỆP", help="Tệp, thư mục, .zip hoặc .eml (ghi được nhiều).")
    ] = None,
    round_: Annotated[
        str | None, typer.Option("--round", metavar="ĐỢT", help="Đợt báo cáo của các tệp này (bắt buộc).")
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", metavar="MÃ", help="Mã đơn vị gửi, khi tệp không tự cho biết.")
    ] = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="THỜI_ĐIỂM", help="Thời điểm nhận, như 2020-06-29T16:30:00+07:00.")
    ] = None,
    sender: Annotated[
        str | None, typer.Option("--from", metavar="ĐỊA_CHỈ", help="Người gửi, nếu không phải người ghi trong thư.")
    ] = None,
    raw: Raw = None,
    reference: Reference = None,
    as_json: Json = False,
) -> None:
    """Nhận tệp các đơn vị gửi vào data/raw và ghi sổ nhận; không ghi đè tệp nào, không đoán đơn vị.

    Ví dụ:

      planreview receive thu-den/ --round 2020-11

      planreview receive bieu.xlsx --round 2020-11 --unit 119 --at 2020-11-27T09:00:00+07:00
    """
    from planreview.intake.receiving import receive as run

    project = Project.find(raw=raw, reference=reference, processed=raw)  # nothing is written there
    with _Progress("Nhận tệp") as step:
        done = run(project, paths or [], round_code=round_, unit=unit, at=at, sender=sender, progress=step)
    for line in done.lines():
        say(line)
    if as_json:
        print(json.dumps({"command": "receive", "round": round_, **vars(done)}, ensure_ascii=False))


@app.command(short_help="Dạy thêm một tên của chỉ tiêu.")
def alias(
    name: Annotated[str, typer.Argument(metavar="TÊN", help="Tên chỉ tiêu như trong biểu.")],
    code: Annotated[str, typer.Argument(metavar="MÃ", help="Mã chỉ tiêu trong danh mục.")],
    note: Annotated[str, typer.Option("--note", metavar="LỜI", help="Ghi chú cho người đọc sau.")] = "",
    reference: Reference = None,
    as_json: Json = False,
) -> None:
    """Ghi thêm một tên của chỉ tiêu vào aliases.csv; lần chạy clean sau dùng tên đó.

    Ví dụ:

      planreview alias "Tỷ lệ hộ dân có nước sạch" XH.05.01

      planreview alias "Tổng đàn bò (con)" KT.06.14.2 --note "biểu của huyện Mai Sơn"
    """
    from planreview.intake.aliases import add_alias

    project = Project.find(reference=reference)
    written, said = add_alias(project, name, code, note=note)
    say(said)
    if as_json:
        print(json.dumps({"command": "alias", "name": name, "code": code, "written": written}, ensure_ascii=False))


@app.command(short_help="Ai đã gửi, ai muộn, ai chưa gửi.")
def status(
    round_: Annotated[
        str | None, typer.Option("--round", metavar="ĐỢT", help="Đợt này (mặc định: đợt cuối có đơn vị gửi).")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="TỆP", help="Ghi danh sách nhắc nộp ra tệp .xlsx này.")
    ] = None,
    raw: Raw = None,
    processed: Processed = None,
    reference: Reference = None,
    as_json: Json = False,
) -> None:
    """Đơn vị nào đã gửi, gửi muộn bao nhiêu ngày, chưa gửi; danh sách để nhắc.

    Ví dụ:

      planreview status --round 2020-11

      planreview status --round 2020-11 --out danh-sach.xlsx
    """
    from planreview.intake.chasing import check_name, printed, write_list
    from planreview.intake.submissions import round_status

    check_name(out)
    done = round_status(Project.find(raw=raw, processed=processed, reference=reference), round_)
    for line in printed(done):
        say(line)
    if out is not None:
        write_list(done, out)
        say(f"Đã ghi danh sách: {out}")
    if as_json:
        summary = {"command": "status", **done.summary(), "out": str(out) if out else ""}
        print(json.dumps(summary, ensure_ascii=False, allow_nan=False))


@app.command(short_help="Xem một tệp bảng tính bất kỳ được hiểu thế nào.")
def read(
    file: Annotated[
        Path, typer.Argument(metavar="TỆP", help="Tệp bảng tính bất kỳ: .xlsx .xlsm .xls .xlsb .ods .csv …")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="TỆP", help="Ghi các số đọc được ra tệp .csv hoặc .parquet này.")
    ] = None,
    ledger: Annotated[
        bool, typer.Option("--ledger", help="Mỗi ô có nội dung một dòng, kèm ô đó được hiểu là gì.")
    ] = False,
    show: Annotated[
        Path | None, typer.Option("--show", metavar="TỆP", help="Ghi trang .html tô màu từng ô theo cách hiểu.")
    ] = None,
    password: Annotated[
        str | None, typer.Option("--password", metavar="MẬT_KHẨU", help="Mật khẩu mở tệp, nếu có.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Đọc một tệp bảng tính bất kỳ thành các số có tên dòng, tên cột, đơn vị; không cần danh mục chỉ tiêu.

    Ví dụ:

      planreview read bieu.xlsx --out so-lieu.csv

      planreview read bieu.xls --ledger --out tung-o.csv --show xem.html
    """
    from planreview.reading import files

    done = files.read_file(file, out=out, ledger=ledger, show=show, password=password)
    for line in done.lines():
        say(line)
    if as_json:
        print(json.dumps({"command": "read", **done.summary()}, ensure_ascii=False))
    elif out is None and show is None:
        print(done.table.to_csv(index=False), end="")


def main() -> None:
    """Run a command; what a user can mend is one sentence on stderr, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")
    for name in ("SIGTERM", "SIGHUP"):  # a closed window stops a command as Ctrl-C does
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    try:
        code = app.run(sys.argv[1:])
    except PlanReviewError as problem:
        say(str(problem))
        sys.exit(problem.exit_code)
    except KeyboardInterrupt:
        code = _STOPPED
    except Exception as fault:  # a fault of ours: say so in one line, with what a maintainer needs
        say(f"Lỗi của chương trình ({type(fault).__name__}: {fault}). Hãy báo người phụ trách phần mềm.")
        sys.exit(1)
    if code == _STOPPED:
        say("Đã dừng theo yêu cầu. Phần đã xong còn nguyên; chạy lại đúng lệnh này để làm tiếp.")
    sys.exit(code)


if __name__ == "__main__":
    main()
